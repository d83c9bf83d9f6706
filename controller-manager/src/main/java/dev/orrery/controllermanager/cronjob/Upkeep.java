package dev.orrery.controllermanager.cronjob;

import dev.orrery.controllermanager.job.Announcement;
import dev.orrery.controllermanager.job.Jobs;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a CronJob's jobs since its status was written.
 *
 * @param active the jobs of its status that still go on
 * @param lastSuccessfulTime when a job of it last completed
 */
record Upkeep(
        List<ObjectReference> active,
        @Nullable String lastSuccessfulTime,
        List<Announcement> told) {

    Upkeep {
        active = List.copyOf(active);
        told = List.copyOf(told);
    }

    /**
     * @param jobs that the CronJob controls
     * @param exists whether there is a job of a name, controlled by it or not
     */
    static Upkeep of(CronJob cronJob, Collection<Job> jobs, Predicate<String> exists) {
        List<ObjectReference> active = new ArrayList<>(active(cronJob));
        List<Announcement> told = new ArrayList<>();
        String success =
                cronJob.getStatus() == null ? null : cronJob.getStatus().getLastSuccessfulTime();
        for (Job job : jobs) {
            boolean listed = has(active, job);
            if (!listed && !Jobs.isFinished(job)) {
                told.add(unexpected(job));
            } else if (listed && Jobs.isFinished(job)) {
                active.removeIf(reference -> refersTo(reference, job));
                told.add(completed(job));
            }
            success = later(success, job);
        }
        for (ObjectReference reference : List.copyOf(active)) {
            if (jobs.stream().noneMatch(job -> refersTo(reference, job))
                    && !exists.test(reference.getName())) {
                active.remove(reference);
                told.add(missing(reference));
            }
        }
        return new Upkeep(active, success, told);
    }

    static List<ObjectReference> active(CronJob cronJob) {
        return cronJob.getStatus() == null || cronJob.getStatus().getActive() == null
                ? List.of()
                : cronJob.getStatus().getActive();
    }

    static boolean has(Collection<ObjectReference> active, Job job) {
        return active.stream().anyMatch(reference -> refersTo(reference, job));
    }

    static boolean refersTo(ObjectReference reference, Job job) {
        return Objects.equals(reference.getUid(), job.getMetadata().getUid());
    }

    private static @Nullable String later(@Nullable String success, Job job) {
        String completion = Jobs.isComplete(job) ? job.getStatus().getCompletionTime() : null;
        return completion != null && Timestamps.parse(completion).isAfter(Timestamps.parse(success))
                ? completion
                : success;
    }

    private static Announcement unexpected(Job job) {
        return Announcement.warning(
                "UnexpectedJob",
                "Saw a job that the controller did not create or forgot: "
                        + job.getMetadata().getName());
    }

    private static Announcement completed(Job job) {
        return Announcement.normal(
                "SawCompletedJob",
                "Saw completed job: %s, condition: %s"
                        .formatted(
                                job.getMetadata().getName(),
                                Jobs.isComplete(job) ? "Complete" : "Failed"));
    }

    private static Announcement missing(ObjectReference reference) {
        return Announcement.normal("MissingJob", "Active job went missing: " + reference.getName());
    }
}
