package dev.orrery.controllermanager.job;

import dev.orrery.machinery.event.EventRecorder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.ArrayList;
import java.util.List;

/** An event as it is planned. */
public record Announcement(boolean isWarning, String reason, String message) {

    public static Announcement normal(String reason, String message) {
        return new Announcement(false, reason, message);
    }

    public static Announcement warning(String reason, String message) {
        return new Announcement(true, reason, message);
    }

    public void tell(EventRecorder events, HasMetadata regarding) {
        if (isWarning) {
            events.warning(regarding, reason, message);
        } else {
            events.normal(regarding, reason, message);
        }
    }

    /** What is told of a job once it has got from one status to the next. */
    static List<Announcement> of(Job job, JobStatus before, JobStatus after) {
        List<Announcement> told = new ArrayList<>();
        Conditions had = Conditions.of(before);
        for (JobCondition condition : Conditions.of(after).list()) {
            JobCondition old = had.get(condition.getType());
            if (old == null || !old.getStatus().equals(condition.getStatus())) {
                told.addAll(of(job, condition, after));
            }
        }
        return told;
    }

    private static List<Announcement> of(Job job, JobCondition condition, JobStatus status) {
        return switch (condition.getType()) {
            case Conditions.SUSPENDED ->
                    List.of(
                            "True".equals(condition.getStatus())
                                    ? normal("Suspended", "Job suspended")
                                    : normal("Resumed", "Job resumed"));
            case Conditions.FAILED ->
                    List.of(warning(condition.getReason(), condition.getMessage()));
            case Conditions.COMPLETE -> completed(job, status);
            default -> List.of();
        };
    }

    private static List<Announcement> completed(Job job, JobStatus status) {
        Announcement completed = normal("Completed", "Job completed");
        Integer completions = Jobs.completions(job);
        boolean tooMany =
                completions != null && Situation.orZero(status.getSucceeded()) > completions;
        return tooMany
                ? List.of(
                        warning(
                                "TooManySucceededPods",
                                "Too many succeeded pods running after completion count reached"),
                        completed)
                : List.of(completed);
    }
}
