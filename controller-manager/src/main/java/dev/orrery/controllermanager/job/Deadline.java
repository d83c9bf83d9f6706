package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a job may be active; the time that it is suspended does not count. */
final class Deadline {

    private Deadline() {}

    /** Not positive once it has passed; null for a job without one, or that is not active. */
    static @Nullable Duration remaining(Job job, Instant now) {
        Long seconds = job.getSpec().getActiveDeadlineSeconds();
        if (seconds == null || Jobs.isSuspended(job)) {
            return null;
        }
        String start = job.getStatus() == null ? null : job.getStatus().getStartTime();
        Instant since = start == null ? now : Timestamps.parse(start);
        return Duration.between(now, since.plusSeconds(seconds));
    }
}
