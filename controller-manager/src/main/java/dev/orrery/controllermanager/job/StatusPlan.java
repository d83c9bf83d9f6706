package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statuses that a job gets in one run: {@link #naming} before the ended pods are let go of,
 * {@link #counting} after it, and {@link #ending} once nothing is left of it.
 */
final class StatusPlan {

    private StatusPlan() {}

    /** Says what there is, names the pods that have ended, and how the job is going to end. */
    static JobStatus naming(
            Situation situation,
            Verdict verdict,
            IndexFailures indexes,
            Numbers numbers,
            Counting counting) {
        JobStatus status =
                new JobStatusBuilder(situation.status())
                        .withActive(orNull(numbers.active()))
                        .withReady(numbers.ready())
                        .withTerminating(numbers.terminating())
                        .withUncountedTerminatedPods(
                                new UncountedTerminatedPods(
                                        counting.failed(), counting.succeeded()))
                        .build();
        nameIndexes(situation, indexes, status);
        switch (verdict) {
            case Verdict.GoesOn() -> start(situation, status);
            case Verdict.Succeeds _, Verdict.Fails _ ->
                    status.setConditions(
                            verdict.writtenInto(Conditions.of(status), false, situation.now())
                                    .list());
        }
        return status;
    }

    /** Turns the named pods that nobody holds on to any longer into figures. */
    static JobStatus counting(JobStatus status, Set<String> heldOn) {
        UncountedTerminatedPods uncounted = status.getUncountedTerminatedPods();
        List<String> succeeded = new ArrayList<>(uncounted.getSucceeded());
        List<String> failed = new ArrayList<>(uncounted.getFailed());
        succeeded.retainAll(heldOn);
        failed.retainAll(heldOn);
        return new JobStatusBuilder(status)
                .withSucceeded(
                        orNull(
                                Situation.orZero(status.getSucceeded())
                                        + uncounted.getSucceeded().size()
                                        - succeeded.size()))
                .withFailed(
                        orNull(
                                Situation.orZero(status.getFailed())
                                        + uncounted.getFailed().size()
                                        - failed.size()))
                .withUncountedTerminatedPods(new UncountedTerminatedPods(failed, succeeded))
                .build();
    }

    /** Says that the job has ended, if it is going to and everything is counted and gone. */
    static JobStatus ending(JobStatus status, Verdict verdict, Instant now) {
        UncountedTerminatedPods uncounted = status.getUncountedTerminatedPods();
        if (verdict instanceof Verdict.GoesOn
                || status.getActive() != null
                || Situation.orZero(status.getTerminating()) > 0
                || !uncounted.getSucceeded().isEmpty()
                || !uncounted.getFailed().isEmpty()) {
            return status;
        }
        return new JobStatusBuilder(status)
                .withStartTime(
                        Objects.requireNonNullElse(status.getStartTime(), Timestamps.format(now)))
                .withConditions(verdict.writtenInto(Conditions.of(status), true, now).list())
                .withCompletionTime(
                        verdict instanceof Verdict.Succeeds
                                ? Timestamps.format(now)
                                : status.getCompletionTime())
                .build();
    }

    private static void nameIndexes(Situation situation, IndexFailures indexes, JobStatus status) {
        Job job = situation.job();
        if (!Jobs.isIndexed(job)) {
            return;
        }
        Intervals succeeded = situation.succeededIndexes();
        status.setSucceeded(orNull(succeeded.total()));
        status.setCompletedIndexes(succeeded.list().isEmpty() ? null : succeeded.text());
        if (Jobs.hasBackoffLimitPerIndex(job)) {
            status.setFailedIndexes(indexes.failed().text());
        }
    }

    /** A job that is suspended loses its start, and starts anew once it is resumed. */
    private static void start(Situation situation, JobStatus status) {
        boolean suspended = Jobs.isSuspended(situation.job());
        String now = Timestamps.format(situation.now());
        if (status.getStartTime() == null && !suspended) {
            status.setStartTime(now);
        }
        if (situation.isBeingDeleted()) {
            return;
        }
        Conditions before = Conditions.of(status);
        Conditions after = before.suspended(suspended, situation.now());
        if (!after.equals(before)) {
            status.setStartTime(suspended ? null : now);
        }
        status.setConditions(after.list());
    }

    private static @Nullable Integer orNull(int count) {
        return count == 0 ? null : count;
    }
}
