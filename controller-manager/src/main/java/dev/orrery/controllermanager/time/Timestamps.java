package dev.orrery.controllermanager.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Kubernetes' {@code Time}: RFC 3339 in UTC, whole seconds. */
public final class Timestamps {

    private Timestamps() {}

    public static String format(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The time, or {@link Instant#EPOCH} where there is none. */
    public static Instant parse(@Nullable String text) {
        return text == null || text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }
}
