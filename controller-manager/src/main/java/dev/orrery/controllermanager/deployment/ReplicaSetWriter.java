package dev.orrery.controllermanager.deployment;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.InstantSource;

/** Makes a plan's moves, and tells of them in the Deployment's events. */
final class ReplicaSetWriter {

    private final StoreClient store;
    private final EventRecorder events;
    private final InstantSource clock;

    /** How it went, where it did not throw. */
    enum Applied {
        WHOLLY,
        /** A set was to be made and its name belongs to another: the collision is counted. */
        WITH_COLLISION
    }

    ReplicaSetWriter(Surroundings surroundings) {
        this.store = surroundings.store();
        this.events = surroundings.events();
        this.clock = surroundings.clock();
    }

    Applied apply(Deployment deployment, DeploymentPlan plan) {
        for (Move move : plan.moves()) {
            Applied applied =
                    switch (move) {
                        case Move.Create(ReplicaSet set) -> create(deployment, set);
                        case Move.Change(ReplicaSet before, ReplicaSet after) ->
                                change(deployment, before, after);
                        case Move.Delete(ReplicaSet set) -> delete(set);
                    };
            if (applied == Applied.WITH_COLLISION) {
                return applied;
            }
        }
        return Applied.WHOLLY;
    }

    private Applied create(Deployment deployment, ReplicaSet set) {
        try {
            store.create(set);
        } catch (ApiException e) {
            return notCreated(deployment, set, e);
        }
        if (Rollout.wanted(set) > 0) {
            tellScaled(deployment, set, 0);
        }
        return Applied.WHOLLY;
    }

    private Applied notCreated(Deployment deployment, ReplicaSet set, ApiException refusal) {
        if (refusal.isAlreadyExists()) {
            return alreadyThere(deployment, set);
        }
        if (!refusal.isNamespaceTerminating()) {
            String message =
                    "Failed to create new replica set \"%s\": %s"
                            .formatted(set.getMetadata().getName(), refusal.getMessage());
            events.warning(deployment, "ReplicaSetCreateError", message);
            writeFailure(deployment, message);
        }
        throw refusal;
    }

    /** A lost answer's set is as good as one made now; any other means that the hash collides. */
    private Applied alreadyThere(Deployment deployment, ReplicaSet set) {
        ReplicaSet present =
                store.get(
                        ReplicaSet.class,
                        set.getMetadata().getNamespace(),
                        set.getMetadata().getName());
        if (Owners.isControlledBy(present, deployment)
                && TemplateHash.sameTemplate(deployment, present)) {
            return Applied.WHOLLY;
        }
        store.updateStatus(
                new DeploymentBuilder(deployment)
                        .withStatus(
                                status(deployment)
                                        .withCollisionCount(
                                                Revisions.collisionCount(deployment) + 1)
                                        .build())
                        .build());
        return Applied.WITH_COLLISION;
    }

    private void writeFailure(Deployment deployment, String message) {
        if (!Progress.hasDeadline(deployment)) {
            return;
        }
        Conditions before = Conditions.of(deployment);
        Conditions after =
                before.with(
                        Conditions.condition(
                                Conditions.PROGRESSING,
                                "False",
                                "ReplicaSetCreateError",
                                message,
                                clock.instant()));
        if (!after.equals(before)) {
            store.updateStatus(
                    new DeploymentBuilder(deployment)
                            .withStatus(status(deployment).withConditions(after.list()).build())
                            .build());
        }
    }

    private Applied change(Deployment deployment, ReplicaSet before, ReplicaSet after) {
        store.update(after);
        if (Rollout.wanted(before) != Rollout.wanted(after)) {
            tellScaled(deployment, after, Rollout.wanted(before));
        }
        return Applied.WHOLLY;
    }

    private Applied delete(ReplicaSet set) {
        try {
            store.delete(
                    ReplicaSet.class,
                    set.getMetadata().getNamespace(),
                    set.getMetadata().getName(),
                    Deletion.of(set.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
        return Applied.WHOLLY;
    }

    private void tellScaled(Deployment deployment, ReplicaSet set, int from) {
        int to = Rollout.wanted(set);
        events.normal(
                deployment,
                "ScalingReplicaSet",
                "Scaled %s replica set %s from %d to %d"
                        .formatted(
                                to > from ? "up" : "down", set.getMetadata().getName(), from, to));
    }

    private static DeploymentStatusBuilder status(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        return status == null ? new DeploymentStatusBuilder() : new DeploymentStatusBuilder(status);
    }
}
