package dev.orrery.kubelet.wording;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as Go prints them: {@code 350ms}, {@code 1.5s}, {@code 2m40s}, {@code 1h0m0s}. */
public final class GoDuration {

    private GoDuration() {}

    /** To the millisecond. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        if (millis < 1000) {
            return millis + "ms";
        }
        String seconds =
                BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
        long minutes = millis / 60_000;
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60
                ? minutes + "m" + seconds
                : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }
}
