package dev.orrery.controllermanager.cronjob;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs at equal distances, whole seconds, from the time before. */
record CronInterval(Duration every) implements CronSchedule {

    static final String PREFIX = "@every ";

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?)(ns|us|µs|ms|s|m|h)");

    CronInterval {
        Duration whole = every.truncatedTo(ChronoUnit.SECONDS);
        every = whole.isPositive() ? whole : Duration.ofSeconds(1);
    }

    static CronInterval parse(String text) {
        Matcher parts = PART.matcher(text.substring(PREFIX.length()));
        Duration total = Duration.ZERO;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            total = total.plus(part(parts.group(1), parts.group(2)));
            end = parts.end();
        }
        if (end == 0 || end != text.length() - PREFIX.length()) {
            throw new IllegalArgumentException("failed to parse duration " + text);
        }
        return new CronInterval(total);
    }

    @Override
    public Optional<Instant> next(Instant after, ZoneId zone) {
        return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(every));
    }

    private static Duration part(String number, String unit) {
        long nanos =
                switch (unit) {
                    case "h" -> Duration.ofHours(1).toNanos();
                    case "m" -> Duration.ofMinutes(1).toNanos();
                    case "s" -> Duration.ofSeconds(1).toNanos();
                    case "ms" -> Duration.ofMillis(1).toNanos();
                    case "ns" -> 1;
                    default -> 1000;
                };
        return Duration.ofNanos((long) (Double.parseDouble(number) * nanos));
    }
}
