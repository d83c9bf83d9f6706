package dev.orrery.kubelet.output;

import java.time.Instant;

/**
 * Which part of a log is wanted, and how.
 *
 * @param follow what is yet to be written too
 * @param tailLines at most so many of those that are there; {@link #ALL}
 * @param since not what was written before; {@link Instant#EPOCH} for all
 * @param limitBytes at most so many bytes; {@link #ALL}
 */
public record LogQuery(
        boolean follow, boolean timestamps, long tailLines, Instant since, long limitBytes) {

    public static final long ALL = Long.MAX_VALUE;

    public static final LogQuery WHOLE = new LogQuery(false, false, ALL, Instant.EPOCH, ALL);
}
