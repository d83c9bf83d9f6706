package dev.orrery.machinery.store;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** W3C trace context: {@code 00-<trace>-<span>-01}, in lower-case hexadecimal. */
public final class Traceparent {

    private static final HexFormat HEX = HexFormat.of();

    private Traceparent() {}

    /** The start of a new trace. */
    public static String next(RandomGenerator random) {
        // All zeros means "no trace": the lowest bit is always set.
        return "00-"
                + HEX.toHexDigits(random.nextLong())
                + HEX.toHexDigits(random.nextLong() | 1)
                + "-"
                + HEX.toHexDigits(random.nextLong() | 1)
                + "-01";
    }
}
