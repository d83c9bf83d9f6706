package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.LogUnavailableException;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a store from its log: the last snapshot, then every record, and again from a snapshot where
 * the log was trimmed ahead of it. While the log is away it tries again and again.
 */
final class Feed implements ClusterLog.Reader {

    private static final Duration RETRY = Duration.ofMillis(500);

    private final ClusterLog log;
    private final @Nullable Snapshots snapshots;
    private final Clock clock;
    private final boolean mayBeginLate;
    private final Follower follower;
    private final CompletableFuture<Long> started = new CompletableFuture<>();

    private volatile ClusterLog.@Nullable Tail tail;
    private volatile boolean closed;

    /**
     * @param mayBeginLate whether the log may have lost its beginning without a snapshot
     */
    Feed(
            ClusterLog log,
            @Nullable Snapshots snapshots,
            Clock clock,
            boolean mayBeginLate,
            Follower follower) {
        this.log = log;
        this.snapshots = snapshots;
        this.clock = clock;
        this.mayBeginLate = mayBeginLate;
        this.follower = follower;
    }

    /** Done when the records begin to come; answers where the log ended shortly before. */
    CompletionStage<Long> start() {
        begin();
        return started;
    }

    @Override
    public void read(List<LogRecord> records) {
        records.forEach(follower::read);
    }

    @Override
    public void trimmed(long startOffset) {
        begin();
    }

    /** Nothing is read any more. */
    void close() {
        closed = true;
        ClusterLog.Tail open = tail;
        if (open != null) {
            open.close();
        }
        started.cancel(false);
    }

    private void begin() {
        CompletionStage<ClusterState> snapshot =
                snapshots == null
                        ? CompletableFuture.completedFuture(ClusterState.EMPTY)
                        : snapshots.latest();
        snapshot.thenCombine(log.startOffset(), this::origin)
                .thenCombine(log.endOffset(), Origin::new)
                .whenComplete((origin, failure) -> {
                    if (failure == null) {
                        follow(origin);
                    } else {
                        retry(Failures.cause(failure));
                    }
                });
    }

    private ClusterState origin(ClusterState snapshot, long startOffset) {
        if (snapshot.resourceVersion() >= startOffset) {
            return snapshot;
        }
        if (mayBeginLate) {
            return ClusterState.EMPTY.at(startOffset);
        }
        throw new IllegalStateException(
                "the log begins at offset %d, and the last snapshot is of version %d"
                        .formatted(startOffset, snapshot.resourceVersion()));
    }

    private void follow(Origin origin) {
        if (closed) {
            return;
        }
        follower.restart(origin.state);
        ClusterLog.Tail opened = log.tail(origin.state.resourceVersion(), this);
        tail = opened;
        if (closed) {
            opened.close();
        }
        started.complete(origin.end);
    }

    private void retry(Throwable cause) {
        if (closed) {
            return;
        }
        if (cause instanceof LogUnavailableException
                || cause instanceof SnapshotReader.SnapshotTrimmedException) {
            var _ = clock.schedule(RETRY, this::begin);
        } else {
            started.completeExceptionally(cause);
        }
    }

    private record Origin(ClusterState state, long end) {}

    /** Hears what is read, on one thread at a time. */
    interface Follower {

        /** What follows goes on from this state. */
        void restart(ClusterState state);

        void read(LogRecord record);
    }
}
