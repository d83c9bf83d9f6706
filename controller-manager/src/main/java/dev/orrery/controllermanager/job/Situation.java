package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A job and its pods as they are at one moment: all that its plan depends on.
 *
 * @param pods all that the job holds, in whatever state
 * @param backoff what its pods' failures up to now ask for
 */
record Situation(Job job, List<Pod> pods, Backoff backoff, Instant now) {

    Situation {
        pods = List.copyOf(pods);
    }

    JobStatus status() {
        return job.getStatus() == null ? new JobStatus() : job.getStatus();
    }

    boolean isBeingDeleted() {
        return Owners.isBeingDeleted(job);
    }

    List<Pod> active() {
        return pods.stream().filter(Pods::isActive).toList();
    }

    List<Pod> terminating() {
        return pods.stream().filter(Pods::isTerminating).toList();
    }

    /** Its pods that have succeeded since its last status. */
    List<Pod> newlySucceeded() {
        return newly(pod -> Pods.phase(pod).equals("Succeeded"));
    }

    /** Its pods that have failed since its last status, whether or not its policy counts them. */
    List<Pod> newlyFailed() {
        return newly(pod -> !Pods.phase(pod).equals("Succeeded") && isFailed(pod));
    }

    /** How many successes it has seen, counted in its status or not. */
    int succeeded() {
        return Jobs.isIndexed(job)
                ? succeededIndexes().total()
                : orZero(status().getSucceeded())
                        + uncountedSucceeded().size()
                        + newlySucceeded().size();
    }

    /** How many failures that count it has seen, counted in its status or not. */
    int failed() {
        long fresh =
                newlyFailed().stream().filter(pod -> FailurePolicy.of(job, pod).counts()).count();
        return orZero(status().getFailed()) + uncountedFailed().size() + (int) fresh;
    }

    Intervals countedIndexes() {
        return Intervals.parse(status().getCompletedIndexes(), Jobs.indexes(job));
    }

    Intervals succeededIndexes() {
        return countedIndexes().and(PodIndex.of(newlySucceeded()));
    }

    /**
     * A pod counts as failed where it has, and where it is on its way out: a pod without a node
     * never gets as far as to fail. A job that replaces failed pods only waits until it has.
     */
    static boolean isFailed(Job job, Pod pod) {
        String phase = Pods.phase(pod);
        return phase.equals("Failed")
                || (!Jobs.replacesOnlyFailed(job)
                        && Owners.isBeingDeleted(pod)
                        && !phase.equals("Succeeded"));
    }

    boolean isFailed(Pod pod) {
        return isFailed(job, pod);
    }

    boolean isWaitingToBeCounted(Pod pod) {
        return Tracking.isTracked(pod) && PodIndex.isValid(job, pod);
    }

    Set<String> uncountedSucceeded() {
        return new HashSet<>(listOf(uncounted().getSucceeded()));
    }

    Set<String> uncountedFailed() {
        return new HashSet<>(listOf(uncounted().getFailed()));
    }

    private UncountedTerminatedPods uncounted() {
        return Objects.requireNonNullElseGet(
                status().getUncountedTerminatedPods(), UncountedTerminatedPods::new);
    }

    /** A pod that its status names stays what it was named as, whatever becomes of it. */
    private List<Pod> newly(Predicate<Pod> ended) {
        Set<String> uncounted = uncountedSucceeded();
        uncounted.addAll(uncountedFailed());
        return pods.stream()
                .filter(this::isWaitingToBeCounted)
                .filter(pod -> !uncounted.contains(pod.getMetadata().getUid()))
                .filter(ended)
                .toList();
    }

    static int orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    private static Collection<String> listOf(@Nullable List<String> uids) {
        return uids == null ? List.of() : uids;
    }
}
