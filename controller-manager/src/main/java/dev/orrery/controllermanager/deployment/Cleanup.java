package dev.orrery.controllermanager.deployment;

import dev.orrery.controllermanager.owner.Owners;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.List;

/** Drops old ReplicaSets beyond {@code revisionHistoryLimit}, lowest revision first. */
final class Cleanup {

    private static final Comparator<ReplicaSet> LOWEST_REVISION =
            Comparator.comparingLong(Revisions::number);

    private Cleanup() {}

    static Rollout step(Rollout rollout) {
        Integer limit = rollout.deployment().getSpec().getRevisionHistoryLimit();
        if (limit == null || limit == Integer.MAX_VALUE) {
            return rollout;
        }
        List<ReplicaSet> kept =
                rollout.oldSets().stream().filter(set -> !Owners.isBeingDeleted(set)).toList();
        int surplus = kept.size() - limit;
        if (surplus <= 0) {
            return rollout;
        }
        Rollout next = rollout;
        for (ReplicaSet set : kept.stream().sorted(LOWEST_REVISION).limit(surplus).toList()) {
            next = isIdle(set) ? next.without(set) : next;
        }
        return next;
    }

    /** It has no pods, wants none, and its controller has seen that. */
    private static boolean isIdle(ReplicaSet set) {
        Long observed = set.getStatus() == null ? null : set.getStatus().getObservedGeneration();
        return Rollout.actual(set) == 0
                && Rollout.wanted(set) == 0
                && observed != null
                && set.getMetadata().getGeneration() <= observed;
    }
}
