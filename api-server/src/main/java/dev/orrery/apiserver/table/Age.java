package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people read them, two or three digits long: {@code 90s}, {@code 5m30s}, {@code 3h},
 * {@code 2d5h}, {@code 400d}, {@code 2y100d}.
 */
public final class Age {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24;
    private static final int YEAR = 365;

    private Age() {}

    /** How long ago it was; {@code <unknown>} where there is no time. */
    public static String of(JsonNode time, Instant now) {
        Instant instant = parse(time);
        return instant == null ? "<unknown>" : of(Duration.between(instant, now));
    }

    static @Nullable Instant parse(JsonNode time) {
        if (!time.isTextual()) {
            return null;
        }
        try {
            return Instant.parse(time.textValue());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A second or two into the future counts as now: clocks differ. */
    public static String of(Duration duration) {
        long seconds = duration.toMillis() / 1000;
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 2 * MINUTE) {
            return seconds + "s";
        }
        if (seconds < 10 * MINUTE) {
            return join(seconds / MINUTE, "m", seconds % MINUTE, "s");
        }
        if (seconds < 3 * HOUR) {
            return seconds / MINUTE + "m";
        }
        if (seconds < 8 * HOUR) {
            return join(seconds / HOUR, "h", seconds / MINUTE % 60, "m");
        }
        return inHours(seconds / HOUR);
    }

    private static String inHours(long hours) {
        if (hours < 2 * DAY) {
            return hours + "h";
        }
        if (hours < 8 * DAY) {
            return join(hours / DAY, "d", hours % DAY, "h");
        }
        long days = hours / DAY;
        if (days < 2 * YEAR) {
            return days + "d";
        }
        if (days < 8 * YEAR) {
            return join(days / YEAR, "y", days % YEAR, "d");
        }
        return days / YEAR + "y";
    }

    private static String join(long whole, String unit, long rest, String smaller) {
        return rest == 0 ? whole + unit : whole + unit + rest + smaller;
    }
}
