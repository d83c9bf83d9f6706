package dev.orrery.userland;

import java.time.Duration;

/**
 * What a machine may use. After a slice of steps others get their turn; a machine that used its
 * slice up pauses before the next, so a runaway script burns a share of a core and no more.
 */
public record Limits(
        int stepsPerSlice, Duration pause, long memoryBytes, long pretendedBytes, int processes) {
    public static final Limits DEFAULT =
            new Limits(5_000, Duration.ofMillis(10), 64L << 20, Long.MAX_VALUE, 256);

    /** With a limit of what its programs may take, whether they hold it or only say so. */
    public Limits withMemory(long bytes) {
        return new Limits(stepsPerSlice, pause, Math.min(memoryBytes, bytes), bytes, processes);
    }
}
