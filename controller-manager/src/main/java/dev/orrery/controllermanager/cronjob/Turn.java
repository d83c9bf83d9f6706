package dev.orrery.controllermanager.cronjob;

import dev.orrery.controllermanager.job.Announcement;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a run is due.
 *
 * @param start the time by the schedule of the run that is to start now
 * @param replaced the jobs that have to go for it
 * @param told what its CronJob's events tell of it
 */
record Turn(Optional<Instant> start, List<ObjectReference> replaced, List<Announcement> told) {

    static final Turn NONE = new Turn(Optional.empty(), List.of(), List.of());

    private static final DateTimeFormatter RFC_1123 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);

    Turn {
        replaced = List.copyOf(replaced);
        told = List.copyOf(told);
    }

    /**
     * @param active the CronJob's jobs that go on
     */
    static Turn of(
            CronJob cronJob, Timetable.Runs runs, List<ObjectReference> active, Instant now) {
        LatestRun latest;
        try {
            latest = LatestRun.of(cronJob, runs.schedule(), runs.zone(), now, true);
        } catch (IllegalArgumentException e) {
            return telling(
                    Announcement.warning(
                            "InvalidSchedule",
                            "invalid schedule: %s : time difference between two schedules is less"
                                            .formatted(cronJob.getSpec().getSchedule())
                                    + " than 1 second"));
        }
        if (latest.time().isEmpty()) {
            return NONE;
        }
        List<Announcement> told = new ArrayList<>();
        if (latest.isTooMany()) {
            told.add(
                    Announcement.warning(
                            "TooManyMissedTimes",
                            "too many missed start times. Set or decrease"
                                    + " .spec.startingDeadlineSeconds or check clock skew"));
        }
        Turn turn = at(cronJob, latest.time().get(), active, now);
        told.addAll(turn.told());
        return new Turn(turn.start(), turn.replaced(), told);
    }

    private static Turn at(
            CronJob cronJob, Instant time, List<ObjectReference> active, Instant now) {
        Long deadline = cronJob.getSpec().getStartingDeadlineSeconds();
        if (deadline != null && time.plusSeconds(deadline).isBefore(now)) {
            return telling(
                    Announcement.warning(
                            "MissSchedule",
                            "Missed scheduled time to start a job: "
                                    + RFC_1123.format(time.atOffset(ZoneOffset.UTC))));
        }
        if (isDone(cronJob, time, active)) {
            return NONE;
        }
        return switch (cronJob.getSpec().getConcurrencyPolicy()) {
            case "Forbid" -> active.isEmpty() ? starting(time, List.of()) : forbidden();
            case "Replace" -> starting(time, active);
            default -> starting(time, List.of());
        };
    }

    private static boolean isDone(CronJob cronJob, Instant time, List<ObjectReference> active) {
        String last =
                cronJob.getStatus() == null ? null : cronJob.getStatus().getLastScheduleTime();
        String name = JobStamp.name(cronJob, time);
        return active.stream().anyMatch(job -> name.equals(job.getName()))
                || (last != null && Timestamps.parse(last).equals(time));
    }

    private static Turn starting(Instant time, List<ObjectReference> replaced) {
        return new Turn(Optional.of(time), replaced, List.of());
    }

    private static Turn forbidden() {
        return telling(
                Announcement.normal(
                        "JobAlreadyActive",
                        "Not starting job because prior execution is running and concurrency"
                                + " policy is Forbid"));
    }

    private static Turn telling(Announcement told) {
        return new Turn(Optional.empty(), List.of(), List.of(told));
    }
}
