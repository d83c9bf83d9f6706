package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job's conditions, in the order in which they came; immutable. */
record Conditions(List<JobCondition> list) {

    static final String COMPLETE = "Complete";
    static final String FAILED = "Failed";
    static final String SUSPENDED = "Suspended";
    static final String SUCCESS_CRITERIA_MET = "SuccessCriteriaMet";
    static final String FAILURE_TARGET = "FailureTarget";

    Conditions {
        list = List.copyOf(list);
    }

    static Conditions of(Job job) {
        return job.getStatus() == null ? new Conditions(List.of()) : of(job.getStatus());
    }

    static Conditions of(JobStatus status) {
        return new Conditions(status.getConditions() == null ? List.of() : status.getConditions());
    }

    @Nullable JobCondition get(String type) {
        for (JobCondition condition : list) {
            if (condition.getType().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    @Nullable JobCondition ifTrue(String type) {
        JobCondition condition = get(type);
        return condition != null && "True".equals(condition.getStatus()) ? condition : null;
    }

    /** With the condition holding; the same as it is if it says so already. */
    Conditions holding(String type, String reason, String message, Instant now) {
        return with(type, "True", reason, message, now);
    }

    /** A job that never was suspended has nothing to be resumed from. */
    Conditions suspended(boolean suspended, Instant now) {
        if (suspended) {
            return with(SUSPENDED, "True", "JobSuspended", "Job suspended", now);
        }
        return get(SUSPENDED) == null
                ? this
                : with(SUSPENDED, "False", "JobResumed", "Job resumed", now);
    }

    private Conditions with(
            String type, String status, String reason, String message, Instant now) {
        JobCondition current = get(type);
        if (current != null && says(current, status, reason, message)) {
            return this;
        }
        JobCondition next = condition(type, status, reason, message, now);
        List<JobCondition> all = new ArrayList<>(list);
        if (current == null) {
            all.add(next);
        } else {
            all.set(all.indexOf(current), next);
        }
        return new Conditions(all);
    }

    private static boolean says(
            JobCondition condition, String status, String reason, String message) {
        return status.equals(condition.getStatus())
                && reason.equals(condition.getReason())
                && message.equals(condition.getMessage());
    }

    private static JobCondition condition(
            String type, String status, String reason, String message, Instant now) {
        String time = Timestamps.format(now);
        return new JobConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastProbeTime(time)
                .withLastTransitionTime(time)
                .build();
    }
}
