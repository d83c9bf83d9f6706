package dev.orrery.controllermanager.ttl;

import dev.orrery.controllermanager.job.Jobs;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a job that has ended is still kept. */
final class TimeToLive {

    private TimeToLive() {}

    /** Not positive once it is over; empty for a job that goes on, is kept, or is leaving. */
    static Optional<Duration> remaining(Job job, Instant now) {
        Integer seconds = job.getSpec().getTtlSecondsAfterFinished();
        JobCondition end = Jobs.end(job);
        if (seconds == null || end == null || Owners.isBeingDeleted(job)) {
            return Optional.empty();
        }
        Instant over = Timestamps.parse(end.getLastTransitionTime()).plusSeconds(seconds);
        return Optional.of(Duration.between(now, over));
    }
}
