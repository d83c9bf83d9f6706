package dev.orrery.controllermanager.cronjob;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Runs when all five fields match the clock on the wall; of the two fields for days one is enough,
 * where neither is a star.
 *
 * <p>Where clocks are put forward, 02:30 does not come, and nothing runs at it; where they are put
 * back, it comes twice, and so does the run.
 */
record CronFields(
        CronField minutes, CronField hours, CronField days, CronField months, CronField weekdays)
        implements CronSchedule {

    /** 29 February on a Monday is as rare as anything can be that comes at all. */
    private static final int YEARS_AHEAD = 5;

    private static final int FIELDS = 5;
    private static final int DAYS_OF_WEEK = 7;

    static CronFields parse(String text) {
        String stripped = text.strip();
        String[] fields = stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "expected exactly 5 fields, found %d: [%s]"
                            .formatted(fields.length, String.join(" ", fields)));
        }
        return new CronFields(
                CronField.Range.MINUTES.parse(fields[0]),
                CronField.Range.HOURS.parse(fields[1]),
                CronField.Range.DAYS.parse(fields[2]),
                CronField.Range.MONTHS.parse(fields[3]),
                CronField.Range.WEEKDAYS.parse(fields[4]));
    }

    @Override
    public Optional<Instant> next(Instant after, ZoneId zone) {
        ZonedDateTime time =
                after.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1)).atZone(zone);
        int lastYear = time.getYear() + YEARS_AHEAD;
        while (time.getYear() <= lastYear) {
            ZonedDateTime later = skip(time);
            if (later.equals(time)) {
                return Optional.of(time.toInstant());
            }
            time = later;
        }
        return Optional.empty();
    }

    /** The start of the next month, day, hour or minute that could match; the same if it does. */
    private ZonedDateTime skip(ZonedDateTime time) {
        ZoneId zone = time.getZone();
        if (!months.has(time.getMonthValue())) {
            return time.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(zone);
        }
        if (!matchesDay(time)) {
            return time.toLocalDate().plusDays(1).atStartOfDay(zone);
        }
        if (!hours.has(time.getHour())) {
            return time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        }
        return minutes.has(time.getMinute()) ? time : time.plusMinutes(1);
    }

    private boolean matchesDay(ZonedDateTime time) {
        boolean day = days.has(time.getDayOfMonth());
        boolean weekday = weekdays.has(time.getDayOfWeek().getValue() % DAYS_OF_WEEK);
        return (days.isAny() || weekdays.isAny()) ? day && weekday : day || weekday;
    }
}
