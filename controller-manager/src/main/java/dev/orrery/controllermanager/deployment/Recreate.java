package dev.orrery.controllermanager.deployment;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Collection;
import java.util.Objects;

/** One step of a Recreate rollout: first all old pods go, and only then new ones come. */
final class Recreate {

    private Recreate() {}

    /**
     * @param pods of all the Deployment's sets
     */
    static Rollout step(Rollout rollout, Collection<Pod> pods) {
        Rollout emptied = Scaling.emptyOld(rollout);
        if (!emptied.equals(rollout) || oldPodsRun(rollout, pods)) {
            return emptied;
        }
        if (rollout.newSet() == null) {
            return Revisions.withNewSet(rollout);
        }
        ReplicaSet newSet = rollout.newSet();
        return Rollout.wanted(newSet) == rollout.replicas()
                ? rollout
                : rollout.scaled(newSet, rollout.replicas());
    }

    /** Whether any pod of an old set has not ended; one on its way out still runs. */
    private static boolean oldPodsRun(Rollout rollout, Collection<Pod> pods) {
        if (Rollout.sum(rollout.oldSets(), Rollout::actual) > 0) {
            return true;
        }
        String newUid = rollout.newSet() == null ? null : rollout.newSet().getMetadata().getUid();
        return pods.stream()
                .filter(pod -> !Pods.isEnded(pod) && !Pods.phase(pod).equals("Unknown"))
                .map(Owners::controllerOf)
                .filter(Objects::nonNull)
                .map(OwnerReference::getUid)
                .anyMatch(uid -> !uid.equals(newUid));
    }
}
