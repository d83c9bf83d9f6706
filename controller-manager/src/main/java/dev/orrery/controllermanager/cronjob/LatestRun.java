package dev.orrery.controllermanager.cronjob;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The last time, up to now, at which a CronJob should have run since it last did.
 *
 * @param time empty if there was none
 * @param missed how many such times there were, roughly: as many as would fit at the distance of
 *     the first two
 */
record LatestRun(Optional<Instant> time, long missed) {

    /** Missing more than these is worth a warning. */
    static final int MANY = 100;

    private static final LatestRun NONE = new LatestRun(Optional.empty(), 0);

    /**
     * Throws IllegalArgumentException where the schedule never comes.
     *
     * @param heedsDeadline leaves out times that are later by now than the CronJob allows
     */
    static LatestRun of(
            CronJob cronJob,
            CronSchedule schedule,
            ZoneId zone,
            Instant now,
            boolean heedsDeadline) {
        Instant first = next(schedule, zone, since(cronJob, now, heedsDeadline));
        if (first.isAfter(now)) {
            return NONE;
        }
        Instant second = next(schedule, zone, first);
        if (second.isAfter(now)) {
            return new LatestRun(Optional.of(first), 0);
        }
        long distance = Duration.between(first, second).toSeconds();
        long missed = Duration.between(first, now).toSeconds() / distance + 1;
        // One distance further back, as the distances may differ: 30 6-16/4 * * 1-5.
        Instant from = first.plusSeconds((missed - 2) * distance);
        return new LatestRun(last(schedule, zone, from, now), missed);
    }

    boolean isTooMany() {
        return missed > MANY;
    }

    /** What it last ran at, or its creation; with a deadline no time before that counts. */
    static Instant since(CronJob cronJob, Instant now, boolean heedsDeadline) {
        String last =
                cronJob.getStatus() == null ? null : cronJob.getStatus().getLastScheduleTime();
        Instant since =
                Timestamps.parse(
                        last == null ? cronJob.getMetadata().getCreationTimestamp() : last);
        Long deadline = cronJob.getSpec().getStartingDeadlineSeconds();
        if (!heedsDeadline || deadline == null) {
            return since;
        }
        Instant earliest = now.minusSeconds(deadline);
        return earliest.isAfter(since) ? earliest : since;
    }

    private static Optional<Instant> last(
            CronSchedule schedule, ZoneId zone, Instant from, Instant now) {
        Optional<Instant> last = Optional.empty();
        Instant time = next(schedule, zone, from);
        while (!time.isAfter(now)) {
            last = Optional.of(time);
            time = next(schedule, zone, time);
        }
        return last;
    }

    private static Instant next(CronSchedule schedule, ZoneId zone, Instant after) {
        return schedule.next(after, zone)
                .orElseThrow(() -> new IllegalArgumentException("it never comes"));
    }
}
