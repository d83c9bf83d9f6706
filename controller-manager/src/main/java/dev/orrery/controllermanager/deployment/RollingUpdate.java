package dev.orrery.controllermanager.deployment;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Objects;

/**
 * One step of a rolling update: the new set grows as far as the surge allows, or else the old ones
 * shrink as far as availability allows.
 *
 * <p>Example with 10 replicas, surge 3, unavailable 2, old set 10 available: the new set goes to 3
 * (13 in all). Then old may lose 13 - 8 - 3 = 2, as 3 new ones are not available yet: old 8. With
 * those 3 available: 3 + 8 - 8 = 3 more can go, old 5, and new to 8.
 */
final class RollingUpdate {

    private RollingUpdate() {}

    static Rollout step(Rollout rollout) {
        Rollout begun = Revisions.withNewSet(rollout);
        if (rollout.newSet() == null) {
            // Its creation is this step; what it changes is decided when it can be seen.
            return begun;
        }
        Rollout grown = growNew(begun);
        return grown.equals(begun) ? shrinkOld(begun) : grown;
    }

    private static Rollout growNew(Rollout rollout) {
        ReplicaSet newSet = Objects.requireNonNull(rollout.newSet());
        int wanted = Rollout.wanted(newSet);
        if (wanted == rollout.replicas()) {
            return rollout;
        }
        int target = wanted > rollout.replicas() ? rollout.replicas() : newSetReplicas(rollout);
        return target == wanted ? rollout : rollout.scaled(newSet, target);
    }

    /**
     * How many pods the new set is to have now. It grows only into room that is there: a set that
     * was asked to shrink and has not yet done so still takes what it had.
     */
    static int newSetReplicas(Rollout rollout) {
        if (Bounds.isRecreate(rollout.deployment())) {
            return rollout.replicas();
        }
        int wanted = Rollout.wanted(Objects.requireNonNull(rollout.newSet()));
        if (!rollout.allSets().stream().allMatch(RollingUpdate::isObserved)) {
            return wanted;
        }
        int total = Rollout.sum(rollout.allSets(), RollingUpdate::taken);
        int maximum = rollout.replicas() + Bounds.of(rollout.deployment()).maxSurge();
        int room = Math.max(0, maximum - total);
        return wanted + Math.min(room, Math.max(0, rollout.replicas() - wanted));
    }

    /** Whether what the set is asked for is known to who makes its pods. */
    private static boolean isObserved(ReplicaSet set) {
        Long generation = set.getMetadata().getGeneration();
        Long observed = set.getStatus() == null ? null : set.getStatus().getObservedGeneration();
        return generation == null || (observed != null && observed >= generation);
    }

    private static int taken(ReplicaSet set) {
        return Math.max(Rollout.wanted(set), Rollout.actual(set));
    }

    private static Rollout shrinkOld(Rollout rollout) {
        int minAvailable = rollout.replicas() - Bounds.of(rollout.deployment()).maxUnavailable();
        ReplicaSet newSet = Objects.requireNonNull(rollout.newSet());
        int newUnavailable = Rollout.wanted(newSet) - Rollout.available(newSet);
        int total = Rollout.sum(rollout.allSets(), Rollout::wanted);
        int removable = total - minAvailable - newUnavailable;
        if (removable <= 0 || Rollout.sum(rollout.oldSets(), Rollout::wanted) == 0) {
            return rollout;
        }
        return shrinkHealthy(dropUnhealthy(rollout, removable), minAvailable);
    }

    /** Pods that are not available serve nobody: they go first, oldest set first. */
    private static Rollout dropUnhealthy(Rollout rollout, int removable) {
        Rollout next = rollout;
        int left = removable;
        for (ReplicaSet set : rollout.oldSets()) {
            int unhealthy = Rollout.wanted(set) - Rollout.available(set);
            int drop = Math.min(left, unhealthy);
            if (drop > 0) {
                next = next.scaled(set, Rollout.wanted(set) - drop);
                left -= drop;
            }
        }
        return next;
    }

    private static Rollout shrinkHealthy(Rollout rollout, int minAvailable) {
        Rollout next = rollout;
        int left = Rollout.sum(rollout.allSets(), RollingUpdate::remaining) - minAvailable;
        for (ReplicaSet set : rollout.oldSets()) {
            int drop = Math.min(left, Rollout.wanted(set));
            if (drop > 0) {
                next = next.scaled(set, Rollout.wanted(set) - drop);
                left -= drop;
            }
        }
        return next;
    }

    /**
     * Available pods that stay: of those that were counted last, a set that has been asked to
     * shrink since keeps at most what it is asked for.
     */
    private static int remaining(ReplicaSet set) {
        return Math.min(Rollout.available(set), Rollout.wanted(set));
    }
}
