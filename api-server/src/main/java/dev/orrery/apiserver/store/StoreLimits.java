package dev.orrery.apiserver.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The bounds of a store.
 *
 * @param windowRecords how many recent versions stay readable
 * @param windowBytes how much those may hold, by the size of their values and an estimate
 * @param writeTimeout how long a write waits for its own record before it is unknown
 * @param waitTimeout how long a read waits for a version
 * @param progressEvery how often watches hear of progress
 * @param snapshotEvery how many records lie between two snapshots of a small state; 0 for none
 * @param snapshotChunkBytes how large one record of a snapshot gets
 * @param trimBehindSnapshot whether the log is cut off behind a complete snapshot
 * @param timeToLive how long an object stays after its last write; zero for ever
 */
public record StoreLimits(
        int windowRecords,
        long windowBytes,
        Duration writeTimeout,
        Duration waitTimeout,
        Duration progressEvery,
        long snapshotEvery,
        int snapshotChunkBytes,
        boolean trimBehindSnapshot,
        Duration timeToLive) {

    /** The registry: objects live for ever, and so does the log. */
    public static final StoreLimits REGISTRY =
            new StoreLimits(
                    50_000,
                    64L << 20,
                    Duration.ofSeconds(6), // the log gives up on an append after 4
                    Duration.ofSeconds(3), // as Kubernetes' blockTimeout
                    Duration.ofMinutes(1), // as Kubernetes' bookmarks
                    10_000, // which a start reads in a fraction of a second
                    512 << 10,
                    false,
                    Duration.ZERO);

    /** Kubernetes' Events: an hour, and a short memory. */
    public static final StoreLimits EVENTS =
            REGISTRY.withWindow(10_000, 16L << 20)
                    .withSnapshotEvery(0)
                    .withTimeToLive(Duration.ofHours(1));

    public StoreLimits {
        if (windowRecords < 1 || windowBytes < 1 || snapshotEvery < 0 || snapshotChunkBytes < 1) {
            throw new IllegalArgumentException("a bound is positive");
        }
        requireNonNull(writeTimeout);
        requireNonNull(waitTimeout);
        requireNonNull(progressEvery);
        requireNonNull(timeToLive);
    }

    public StoreLimits withWindow(int records, long bytes) {
        return new StoreLimits(
                records,
                bytes,
                writeTimeout,
                waitTimeout,
                progressEvery,
                snapshotEvery,
                snapshotChunkBytes,
                trimBehindSnapshot,
                timeToLive);
    }

    /** Snapshots between that many records; 0 for none. */
    public StoreLimits withSnapshotEvery(long records) {
        return new StoreLimits(
                windowRecords,
                windowBytes,
                writeTimeout,
                waitTimeout,
                progressEvery,
                records,
                snapshotChunkBytes,
                trimBehindSnapshot,
                timeToLive);
    }

    public StoreLimits withTrimBehindSnapshot(boolean trim) {
        return new StoreLimits(
                windowRecords,
                windowBytes,
                writeTimeout,
                waitTimeout,
                progressEvery,
                snapshotEvery,
                snapshotChunkBytes,
                trim,
                timeToLive);
    }

    public StoreLimits withTimeToLive(Duration duration) {
        return new StoreLimits(
                windowRecords,
                windowBytes,
                writeTimeout,
                waitTimeout,
                progressEvery,
                snapshotEvery,
                snapshotChunkBytes,
                trimBehindSnapshot,
                duration);
    }

    boolean expires() {
        return !timeToLive.isZero();
    }
}
