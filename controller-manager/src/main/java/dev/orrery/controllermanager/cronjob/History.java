package dev.orrery.controllermanager.cronjob;

import dev.orrery.controllermanager.job.Jobs;
import dev.orrery.controllermanager.owner.Owners;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which of a CronJob's ended jobs are more than it keeps: the oldest go first. */
final class History {

    /** RFC 3339 in UTC sorts as text. */
    private static final Comparator<Job> OLDEST_FIRST =
            Comparator.comparing(
                            (Job job) -> job.getStatus().getStartTime(),
                            Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(job -> job.getMetadata().getName());

    private History() {}

    static List<Job> outdated(CronJob cronJob, Collection<Job> jobs) {
        List<Job> outdated = new ArrayList<>();
        outdated.addAll(
                surplus(jobs, Jobs::isComplete, cronJob.getSpec().getSuccessfulJobsHistoryLimit()));
        outdated.addAll(
                surplus(
                        jobs,
                        job -> Jobs.isFinished(job) && !Jobs.isComplete(job),
                        cronJob.getSpec().getFailedJobsHistoryLimit()));
        return outdated;
    }

    private static List<Job> surplus(
            Collection<Job> jobs, Predicate<Job> kind, @Nullable Integer limit) {
        if (limit == null) {
            return List.of();
        }
        List<Job> all = jobs.stream().filter(kind).sorted(OLDEST_FIRST).toList();
        return all.subList(0, Math.max(all.size() - limit, 0)).stream()
                .filter(job -> !Owners.isBeingDeleted(job))
                .toList();
    }
}
