package dev.orrery.kubelet.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as the API writes them: to the second. */
public final class Times {

    private Times() {}

    public static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
