package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Which pods a job lacks, and how long it has to wait until it may make the next. */
final class Missing {

    private Missing() {}

    /** The pods that are to be made now. */
    static List<Pod> of(Situation situation, IndexFailures indexes) {
        int count = Math.min(count(situation), Move.MOST);
        if (count == 0 || globalWait(situation).isPositive()) {
            return List.of();
        }
        Job job = situation.job();
        return Jobs.isIndexed(job)
                ? indexes.ready(pendingIndexes(situation, indexes, count), situation.now()).stream()
                        .map(index -> JobPodStamp.pod(job, index, indexes))
                        .toList()
                : Collections.nCopies(count, JobPodStamp.pod(job));
    }

    /** How long until a pod that is missing may be made; empty if none has to wait. */
    static Optional<Duration> wait(Situation situation, IndexFailures indexes) {
        int count = count(situation);
        if (count == 0) {
            return Optional.empty();
        }
        return Jobs.hasBackoffLimitPerIndex(situation.job())
                ? pendingIndexes(situation, indexes, count).stream()
                        .map(index -> indexes.remaining(index, situation.now()))
                        .filter(Duration::isPositive)
                        .min(Duration::compareTo)
                : Optional.of(globalWait(situation)).filter(Duration::isPositive);
    }

    private static Duration globalWait(Situation situation) {
        return Jobs.hasBackoffLimitPerIndex(situation.job())
                ? Duration.ZERO
                : situation.backoff().remaining(situation.now());
    }

    private static int count(Situation situation) {
        if (Jobs.isSuspended(situation.job()) || situation.isBeingDeleted()) {
            return 0;
        }
        int active = situation.active().size();
        int leaving = Jobs.replacesOnlyFailed(situation.job()) ? situation.terminating().size() : 0;
        return Math.max(Surplus.wanted(situation, active) - active - leaving, 0);
    }

    private static List<Integer> pendingIndexes(
            Situation situation, IndexFailures indexes, int count) {
        Job job = situation.job();
        Intervals taken =
                situation
                        .succeededIndexes()
                        .and(indexes.failed())
                        .and(PodIndex.of(situation.active()));
        if (Jobs.replacesOnlyFailed(job)) {
            taken =
                    taken.and(
                            PodIndex.of(
                                    situation.pods().stream()
                                            .filter(Pods::isTerminating)
                                            .toList()));
        }
        return taken.gaps(count, Jobs.indexes(job));
    }
}
