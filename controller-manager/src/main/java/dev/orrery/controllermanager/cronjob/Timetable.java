package dev.orrery.controllermanager.cronjob;

import dev.orrery.controllermanager.job.Announcement;
import dev.orrery.controllermanager.owner.Owners;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether and when a CronJob runs by its schedule, as it is now. */
sealed interface Timetable {

    /** On this schedule. */
    record Runs(CronSchedule schedule, ZoneId zone) implements Timetable {}

    /** It is suspended or on its way out. */
    record Rests() implements Timetable {}

    /** Nobody can tell from its spec. */
    record Wrong(Announcement why) implements Timetable {}

    /** A little later than the time itself, as clocks differ. */
    Duration MARGIN = Duration.ofMillis(100);

    static Timetable of(CronJob cronJob) {
        if (Owners.isBeingDeleted(cronJob)) {
            return new Rests();
        }
        String name = cronJob.getSpec().getTimeZone();
        Optional<ZoneId> zone = zone(name);
        if (zone.isEmpty()) {
            return new Wrong(
                    Announcement.warning(
                            "UnknownTimeZone",
                            "invalid timeZone: \"%s\": unknown time zone %s"
                                    .formatted(name, name)));
        }
        if (Boolean.TRUE.equals(cronJob.getSpec().getSuspend())) {
            return new Rests();
        }
        String schedule = cronJob.getSpec().getSchedule();
        try {
            return new Runs(CronSchedule.parse(schedule), zone.get());
        } catch (IllegalArgumentException e) {
            return new Wrong(
                    Announcement.warning(
                            "UnparseableSchedule",
                            "unparseable schedule: \"%s\" : %s"
                                    .formatted(schedule, e.getMessage())));
        }
    }

    /** How long until the CronJob is to be looked at because of its schedule. */
    static Duration untilNext(CronJob cronJob, Runs runs, Instant now) {
        LatestRun latest = LatestRun.of(cronJob, runs.schedule(), runs.zone(), now, false);
        Instant from = latest.time().orElse(LatestRun.since(cronJob, now, false));
        Instant next = runs.schedule().next(from, runs.zone()).orElse(now);
        Instant later =
                next.isAfter(now) ? next : runs.schedule().next(now, runs.zone()).orElse(now);
        return Duration.between(now, later.plus(MARGIN));
    }

    /** Without a name it is the controller's own, which is UTC. */
    private static Optional<ZoneId> zone(@Nullable String name) {
        if (name == null) {
            return Optional.of(ZoneOffset.UTC);
        }
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
