package dev.orrery.controllermanager.cronjob;

import dev.orrery.controllermanager.owner.Owners;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Makes the jobs of a CronJob. */
final class JobStamp {

    static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    private JobStamp() {}

    /** By the time, so that a job that was made is not made again: {@code hello-29589120}. */
    static String name(CronJob cronJob, Instant time) {
        long minutes = time.getEpochSecond() / Duration.ofMinutes(1).toSeconds();
        return cronJob.getMetadata().getName() + "-" + minutes;
    }

    static Job job(CronJob cronJob, Instant time, ZoneId zone) {
        ObjectMeta template = cronJob.getSpec().getJobTemplate().getMetadata();
        ObjectMetaBuilder metadata =
                template == null
                        ? new ObjectMetaBuilder()
                        : new ObjectMetaBuilder()
                                .withLabels(template.getLabels())
                                .withAnnotations(template.getAnnotations());
        return new JobBuilder()
                .withMetadata(
                        metadata.withName(name(cronJob, time))
                                .withNamespace(cronJob.getMetadata().getNamespace())
                                .addToAnnotations(
                                        SCHEDULED,
                                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                                time.atZone(zone)))
                                .withOwnerReferences(Owners.controllerReference(cronJob))
                                .build())
                .withSpec(cronJob.getSpec().getJobTemplate().getSpec())
                .build();
    }
}
