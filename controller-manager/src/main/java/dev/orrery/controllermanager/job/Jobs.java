package dev.orrery.controllermanager.job;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Facts about a job, as everyone who looks at jobs sees them. */
public final class Jobs {

    private static final String CONTROLLER = "kubernetes.io/job-controller";

    private Jobs() {}

    /** The condition that says that it has ended, well or not; null while it goes on. */
    public static @Nullable JobCondition end(Job job) {
        Conditions conditions = Conditions.of(job);
        JobCondition complete = conditions.ifTrue(Conditions.COMPLETE);
        return complete != null ? complete : conditions.ifTrue(Conditions.FAILED);
    }

    public static boolean isFinished(Job job) {
        return end(job) != null;
    }

    public static boolean isComplete(Job job) {
        return Conditions.of(job).ifTrue(Conditions.COMPLETE) != null;
    }

    /** False: a controller from outside the cluster looks after it. */
    public static boolean isOurs(Job job) {
        String manager = job.getSpec().getManagedBy();
        return manager == null || manager.equals(CONTROLLER);
    }

    static boolean isIndexed(Job job) {
        return "Indexed".equals(job.getSpec().getCompletionMode());
    }

    static boolean isSuspended(Job job) {
        return Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    static boolean hasBackoffLimitPerIndex(Job job) {
        return job.getSpec().getBackoffLimitPerIndex() != null;
    }

    /** A pod on its way out has not failed yet, and keeps its place until it has. */
    static boolean replacesOnlyFailed(Job job) {
        return "Failed".equals(job.getSpec().getPodReplacementPolicy())
                || job.getSpec().getPodFailurePolicy() != null;
    }

    /** How many successes it wants; for a work queue, which does not say, there is no such. */
    static @Nullable Integer completions(Job job) {
        return job.getSpec().getCompletions();
    }

    /** How many indexes there are. */
    static int indexes(Job job) {
        return Objects.requireNonNullElse(job.getSpec().getCompletions(), 0);
    }

    static int parallelism(Job job) {
        return Objects.requireNonNullElse(job.getSpec().getParallelism(), 1);
    }

    static int backoffLimit(Job job) {
        return Objects.requireNonNullElse(job.getSpec().getBackoffLimit(), Integer.MAX_VALUE);
    }
}
