package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** How long ago, in the short form that kubectl prints: {@code 2m30s}, {@code 3d4h}. */
public final class Age {

    private static final String UNKNOWN = "<unknown>";

    private Age() {}

    /** Of a time field; {@code <unknown>} where it is missing. */
    public static String of(JsonNode time, Instant now) {
        if (!time.isTextual()) {
            return UNKNOWN;
        }
        try {
            return of(Duration.between(Instant.parse(time.textValue()), now));
        } catch (DateTimeParseException _) {
            return UNKNOWN;
        }
    }

    /** Two units at most, and the smaller only while it tells something. */
    public static String of(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return pair(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        return ofHours(minutes / 60, minutes % 60);
    }

    private static String ofHours(long hours, long minutes) {
        if (hours < 8) {
            return pair(hours, "h", minutes, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (hours < 24 * 8) {
            return pair(days, "d", hours % 24, "h");
        }
        if (hours < 24 * 365 * 2) {
            return days + "d";
        }
        long years = days / 365;
        return hours < 24 * 365 * 8 ? pair(years, "y", days % 365, "d") : years + "y";
    }

    private static String pair(long big, String bigUnit, long small, String smallUnit) {
        return small == 0 ? big + bigUnit : big + bigUnit + small + smallUnit;
    }
}
