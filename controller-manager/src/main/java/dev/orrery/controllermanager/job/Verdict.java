package dev.orrery.controllermanager.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a job goes on. Once it does not, a condition of its status says so (SuccessCriteriaMet,
 * FailureTarget) until its pods are gone and counted; then another (Complete, Failed).
 */
sealed interface Verdict {

    record GoesOn() implements Verdict {}

    record Succeeds(String reason, String message) implements Verdict {}

    record Fails(String reason, String message) implements Verdict {}

    /** What is already written stands; then the failures in Kubernetes' order; then success. */
    static Verdict of(Situation situation, IndexFailures indexes) {
        return written(situation)
                .or(() -> byFailurePolicy(situation))
                .or(() -> byLimits(situation))
                .or(() -> byIndexes(situation, indexes))
                .or(() -> bySuccessPolicy(situation))
                .orElseGet(GoesOn::new);
    }

    /** True if the job's status says how it ends. */
    static boolean isWritten(Situation situation) {
        return written(situation).isPresent();
    }

    private static Optional<Verdict> written(Situation situation) {
        Conditions conditions = Conditions.of(situation.job());
        JobCondition met = conditions.ifTrue(Conditions.SUCCESS_CRITERIA_MET);
        if (met != null) {
            return Optional.of(new Succeeds(text(met.getReason()), text(met.getMessage())));
        }
        JobCondition target = conditions.ifTrue(Conditions.FAILURE_TARGET);
        return target == null
                ? Optional.empty()
                : Optional.of(new Fails(text(target.getReason()), text(target.getMessage())));
    }

    private static Optional<Verdict> byFailurePolicy(Situation situation) {
        for (Pod pod : situation.pods()) {
            if (situation.isFailed(pod)
                    && FailurePolicy.of(situation.job(), pod)
                            instanceof FailurePolicy.FailJob(String message)) {
                return Optional.of(new Fails("PodFailurePolicy", message));
            }
        }
        return Optional.empty();
    }

    private static Optional<Verdict> byLimits(Situation situation) {
        Job job = situation.job();
        if (situation.failed() > Jobs.backoffLimit(job) || Restarts.exceed(job, situation.pods())) {
            return Optional.of(
                    new Fails(
                            "BackoffLimitExceeded", "Job has reached the specified backoff limit"));
        }
        Duration left = Deadline.remaining(job, situation.now());
        return left != null && !left.isPositive()
                ? Optional.of(
                        new Fails(
                                "DeadlineExceeded",
                                "Job was active longer than specified deadline"))
                : Optional.empty();
    }

    private static Optional<Verdict> byIndexes(Situation situation, IndexFailures indexes) {
        Job job = situation.job();
        int failed = indexes.failed().total();
        Integer most = job.getSpec().getMaxFailedIndexes();
        if (most != null && failed > most) {
            return Optional.of(
                    new Fails(
                            "MaxFailedIndexesExceeded",
                            "Job has exceeded the specified maximal number of failed indexes"));
        }
        return failed > 0 && failed + situation.succeeded() >= Jobs.indexes(job)
                ? Optional.of(new Fails("FailedIndexes", "Job has failed indexes"))
                : Optional.empty();
    }

    private static Optional<Verdict> bySuccessPolicy(Situation situation) {
        return Jobs.isIndexed(situation.job())
                ? SuccessPolicy.met(situation.job(), situation.succeededIndexes())
                        .map(rule -> new Succeeds("SuccessPolicy", rule))
                : Optional.empty();
    }

    /** A job that goes on has succeeded with its last completion, when no pod is left active. */
    default Verdict withCompletion(Situation situation, Numbers numbers) {
        if (!(this instanceof GoesOn) || numbers.active() > 0) {
            return this;
        }
        Integer completions = Jobs.completions(situation.job());
        int enough = completions == null ? 1 : completions;
        return situation.succeeded() >= enough
                ? new Succeeds("CompletionsReached", "Reached expected number of succeeded pods")
                : this;
    }

    /** The conditions with this verdict in them; those of its end too, once it is at its end. */
    default Conditions writtenInto(Conditions conditions, boolean ended, Instant now) {
        return switch (this) {
            case GoesOn() -> conditions;
            case Succeeds(String reason, String message) -> {
                Conditions met =
                        conditions.holding(Conditions.SUCCESS_CRITERIA_MET, reason, message, now);
                yield ended ? met.holding(Conditions.COMPLETE, reason, message, now) : met;
            }
            case Fails(String reason, String message) -> {
                Conditions target =
                        conditions.holding(Conditions.FAILURE_TARGET, reason, message, now);
                yield ended ? target.holding(Conditions.FAILED, reason, message, now) : target;
            }
        };
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
