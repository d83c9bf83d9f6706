package dev.orrery.controllermanager.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a job with backoffLimitPerIndex knows of its indexes' failures.
 *
 * <p>How often an index has failed is written on its newest pod; so its last failed pod is held
 * back, uncounted, until there is another that carries the figure on.
 *
 * @param failed the indexes that are not tried again
 * @param heldBack by index, the failed pod that waits for its replacement
 */
record IndexFailures(Intervals failed, Map<Integer, Pod> heldBack) {

    static final IndexFailures NONE = new IndexFailures(Intervals.NONE, Map.of());

    private static final Comparator<Pod> NEWEST_LAST =
            Comparator.<Pod>comparingInt(PodIndex::allFailures).thenComparing(FinishTime::of);

    IndexFailures {
        heldBack = Map.copyOf(heldBack);
    }

    static IndexFailures of(Situation situation, Intervals succeeded) {
        if (!Jobs.hasBackoffLimitPerIndex(situation.job())) {
            return NONE;
        }
        List<Pod> fresh =
                situation.pods().stream()
                        .filter(situation::isWaitingToBeCounted)
                        .filter(situation::isFailed)
                        .toList();
        Intervals failed = failed(situation, fresh);
        Set<Integer> active = PodIndex.of(situation.active());
        Map<Integer, Pod> heldBack = new HashMap<>();
        fresh.stream().sorted(NEWEST_LAST).forEach(pod -> heldBack.put(PodIndex.of(pod), pod));
        heldBack.keySet()
                .removeIf(index ->
                        succeeded.has(index) || failed.has(index) || active.contains(index));
        return new IndexFailures(failed, heldBack);
    }

    private static Intervals failed(Situation situation, List<Pod> fresh) {
        Job job = situation.job();
        List<Pod> last = fresh.stream().filter(pod -> isLast(job, pod)).toList();
        return Intervals.parse(situation.status().getFailedIndexes(), Jobs.indexes(job))
                .and(PodIndex.of(last));
    }

    /** True if the pod's index has failed with it. */
    private static boolean isLast(Job job, Pod pod) {
        return switch (FailurePolicy.of(job, pod)) {
            case FailurePolicy.FailIndex() -> true;
            case FailurePolicy.Ignore() -> false;
            case FailurePolicy.Count(), FailurePolicy.FailJob(String _) ->
                    PodIndex.failures(pod) >= job.getSpec().getBackoffLimitPerIndex();
        };
    }

    boolean holdsBack(Pod pod) {
        Pod held = heldBack.get(PodIndex.of(pod));
        return held != null && held.getMetadata().getUid().equals(pod.getMetadata().getUid());
    }

    /** The pod that the next one of this index replaces. */
    @Nullable Pod replacedBy(int index) {
        return heldBack.get(index);
    }

    /** Of these indexes, those that need not wait for their back-off any longer. */
    List<Integer> ready(List<Integer> indexes, Instant now) {
        List<Integer> ready = new ArrayList<>(indexes);
        ready.removeIf(index -> remaining(index, now).isPositive());
        return ready;
    }

    /** How long until a pod of this index may be created. */
    Duration remaining(int index, Instant now) {
        Pod last = heldBack.get(index);
        return last == null
                ? Duration.ZERO
                : new Backoff(PodIndex.allFailures(last) + 1, FinishTime.of(last)).remaining(now);
    }
}
