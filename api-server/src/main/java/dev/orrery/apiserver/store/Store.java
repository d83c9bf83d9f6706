package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import dev.orrery.machinery.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One log as this replica holds it. Reads come from immutable states and never wait for a lock;
 * writes go to the log, and are answered when they have come back. Used from any thread; the state
 * itself changes only on the thread that the log delivers on.
 *
 * <p>Stages complete on the log's threads, so what hangs on them must be short. They fail with
 * {@link dev.orrery.machinery.log.LogUnavailableException} where the log is away.
 */
@SuppressWarnings("DoNotCallSuggester") // its methods follow
public final class Store implements AutoCloseable {

    /** A store without snapshots. */
    public Store(ClusterLog log, Clock clock, StoreLimits limits) {
        this(log, null, clock, limits);
    }

    /**
     * @param snapshots the log that holds snapshots of the first one; null for none
     */
    public Store(ClusterLog log, @Nullable ClusterLog snapshots, Clock clock, StoreLimits limits) {}

    /** Reads the last snapshot and then the log, and is done at what is its end now. */
    public CompletionStage<Void> start() {
        throw new UnsupportedOperationException();
    }

    /** What has been read so far. */
    public ClusterState current() {
        throw new UnsupportedOperationException();
    }

    /**
     * The state after every write that was answered before this call, by whichever replica. Calls
     * share their questions to the log.
     */
    public CompletionStage<ClusterState> newest() {
        throw new UnsupportedOperationException();
    }

    /**
     * The state at this version or a later one. Fails with {@link TooLargeResourceVersionException}
     * where it does not come in time.
     */
    public CompletionStage<ClusterState> atLeast(long resourceVersion) {
        throw new UnsupportedOperationException();
    }

    /** The state at exactly this version; empty if it is no longer kept, or not yet read. */
    public Optional<ClusterState> at(long resourceVersion) {
        throw new UnsupportedOperationException();
    }

    /**
     * Appends and reads back.
     *
     * @param header its id must be unique
     * @return what the log decided. Fails with LogUnavailableException, whose {@code
     *     mayHaveHappened} tells 504 from 503
     */
    public CompletionStage<Outcome> write(
            ObjectKey key, byte @Nullable [] value, WriteHeader header) {
        throw new UnsupportedOperationException();
    }

    /**
     * Tells a sink of every change after a version: first the ones that are known, in the caller's
     * frame, then the ones to come.
     *
     * @param namespace empty for all
     * @throws ExpiredException if the window begins later
     */
    public Watch watch(
            GroupResource resource, String namespace, long afterResourceVersion, WatchSink sink) {
        throw new UnsupportedOperationException();
    }

    /** Ends the watches, fails what waits, and stops reading; the log stays open. */
    @Override
    public void close() {}
}
