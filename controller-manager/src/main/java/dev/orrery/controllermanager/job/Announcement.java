package dev.orrery.controllermanager.job;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.ArrayList;
import java.util.List;

/** An event that tells of a change of a job's status. */
record Announcement(boolean isWarning, String reason, String message) {

    /** What is told once the job has got from one status to the next. */
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
                                    ? new Announcement(false, "Suspended", "Job suspended")
                                    : new Announcement(false, "Resumed", "Job resumed"));
            case Conditions.FAILED ->
                    List.of(new Announcement(true, condition.getReason(), condition.getMessage()));
            case Conditions.COMPLETE -> completed(job, status);
            default -> List.of();
        };
    }

    private static List<Announcement> completed(Job job, JobStatus status) {
        Announcement completed = new Announcement(false, "Completed", "Job completed");
        Integer completions = Jobs.completions(job);
        boolean tooMany =
                completions != null && Situation.orZero(status.getSucceeded()) > completions;
        return tooMany
                ? List.of(
                        new Announcement(
                                true,
                                "TooManySucceededPods",
                                "Too many succeeded pods running after completion count reached"),
                        completed)
                : List.of(completed);
    }
}
