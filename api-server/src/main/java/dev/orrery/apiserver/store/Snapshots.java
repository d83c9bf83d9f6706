package dev.orrery.apiserver.store;

import dev.orrery.apiserver.store.SnapshotCatalog.Complete;
import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.time.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a log of snapshots: writes one every so many records, at the same versions on every
 * replica, lets go of all but the last two, and of the log itself where that is wanted. A snapshot
 * that fails is only a later one.
 */
final class Snapshots {

    private static final Logger LOG = System.getLogger(Snapshots.class.getName());

    private final ClusterLog registry;
    private final ClusterLog log;
    private final SnapshotWriter writer;
    private final SnapshotReader reader;
    private final StoreLimits limits;
    private final AtomicBoolean writing = new AtomicBoolean();

    Snapshots(ClusterLog registry, ClusterLog log, Clock clock, StoreLimits limits) {
        this.registry = registry;
        this.log = log;
        this.writer = new SnapshotWriter(log, clock, limits.snapshotChunkBytes());
        this.reader = new SnapshotReader(log);
        this.limits = limits;
    }

    /** The last snapshot that is complete, or the empty state. */
    CompletionStage<ClusterState> latest() {
        return reader.read(true)
                .thenApply(catalog ->
                        catalog.newest().map(Complete::state).orElse(ClusterState.EMPTY));
    }

    /** A state was reached; writes it down if it is due. */
    void reached(ClusterState state) {
        if (!isDue(state, limits.snapshotEvery()) || !writing.compareAndSet(false, true)) {
            return;
        }
        write(state)
                .whenComplete((done, failure) -> {
                    writing.set(false);
                    if (failure != null) {
                        warn(Failures.cause(failure));
                    }
                });
    }

    /**
     * A snapshot is as large as the state, so the more objects there are, the fewer are written:
     * with one every 10,000 records, a state of 3,000 objects is written at 10,000, 20,000, ...,
     * one of 25,000 objects at 30,000, 60,000, ...
     */
    static boolean isDue(ClusterState state, long every) {
        if (every == 0 || state.resourceVersion() % every != 0) {
            return false;
        }
        return state.resourceVersion() % (every * (1 + state.size() / every)) == 0;
    }

    private CompletionStage<Void> write(ClusterState state) {
        return writer.write(state)
                .thenCompose(marker -> reader.read(false))
                .thenCompose(this::trim);
    }

    private static void warn(Throwable failure) {
        // Two replicas that finish at once: the other one has done the trimming.
        boolean harmless = failure instanceof SnapshotReader.SnapshotTrimmedException;
        LOG.log(harmless ? Level.DEBUG : Level.WARNING, "no snapshot was made", failure);
    }

    private CompletionStage<Void> trim(SnapshotCatalog catalog) {
        if (catalog.older().isEmpty()) {
            return CompletableFuture.allOf();
        }
        Complete older = catalog.older().get();
        CompletionStage<Void> trimmed = log.trim(older.firstOffset());
        return limits.trimBehindSnapshot()
                ? trimmed.thenCompose(done -> registry.trim(older.resourceVersion()))
                : trimmed;
    }
}
