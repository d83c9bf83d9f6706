package dev.orrery.controllermanager.deployment;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

/** One write to a ReplicaSet that a rollout asks for. */
sealed interface Move {

    record Create(ReplicaSet set) implements Move {}

    record Change(ReplicaSet before, ReplicaSet after) implements Move {}

    record Delete(ReplicaSet set) implements Move {}
}
