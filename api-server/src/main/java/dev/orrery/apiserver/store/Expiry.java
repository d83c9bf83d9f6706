package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Objects that end some time after their last write, by the clock of the log: an object is gone at
 * the first record after it whose time is later by more than its time to live. So every replica
 * drops it at the same version, from wherever in the log it began to read. The log's retention must
 * be longer than the time to live.
 *
 * <p>Example, one hour: written at 10:00; a record of 11:00 leaves it, one of 11:01 ends it. Owned
 * by the thread that reads the log, but for {@link #oldest()}.
 */
final class Expiry {

    private final Duration timeToLive;
    private final PriorityQueue<Written> written =
            new PriorityQueue<>(
                    Comparator.comparing(Written::time)
                            .thenComparingLong(Written::resourceVersion));

    private volatile @Nullable Instant oldest;

    Expiry(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    /** The objects of this state that the record's time makes end. */
    List<Stored> expired(ClusterState state, LogRecord record) {
        Instant cutoff = record.header().time().minus(timeToLive);
        List<Stored> expired = new ArrayList<>();
        Written first = written.peek();
        while (first != null && first.time.isBefore(cutoff)) {
            written.remove();
            Stored held = state.get(first.key);
            if (held != null && held.resourceVersion() == first.resourceVersion) {
                expired.add(held);
            }
            first = written.peek();
        }
        note(first);
        return expired;
    }

    /** A record took effect and wrote an object. */
    void wrote(LogRecord record) {
        written.add(new Written(record.header().time(), record.resourceVersion(), record.key()));
        note(written.peek());
    }

    /** When the object was written that ends next; null if there is none. From any thread. */
    @Nullable Instant oldest() {
        return oldest;
    }

    private void note(@Nullable Written first) {
        oldest = first == null ? null : first.time;
    }

    private record Written(Instant time, long resourceVersion, ObjectKey key) {}
}
