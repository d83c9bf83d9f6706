package dev.orrery.controllermanager.cronjob;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * When a CronJob runs: five fields (minute, hour, day of month, month, day of week), a nickname for
 * such, or an interval ({@code @every 90m}).
 */
sealed interface CronSchedule permits CronFields, CronInterval {

    Map<String, String> NICKNAMES =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");

    /** The first time after this one, on that zone's clocks; empty if there never is one. */
    Optional<Instant> next(Instant after, ZoneId zone);

    /** Throws IllegalArgumentException, which says what is wrong. */
    static CronSchedule parse(String text) {
        if (text.startsWith(CronInterval.PREFIX)) {
            return CronInterval.parse(text);
        }
        String fields = NICKNAMES.getOrDefault(text, text);
        if (fields.startsWith("@")) {
            throw new IllegalArgumentException("unrecognized descriptor: " + text);
        }
        return CronFields.parse(fields);
    }
}
