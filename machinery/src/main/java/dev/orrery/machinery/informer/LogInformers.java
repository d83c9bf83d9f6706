package dev.orrery.machinery.informer;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.metric.Histogram;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Informers from a snapshot at resourceVersion R and the log from there on, with the log's own rule
 * and no watch on an api-server.
 *
 * <p>Has no thread: snapshots are taken in tasks of the executor, records are applied where the
 * log's tail delivers them, and never both at once. Where the log was trimmed beyond this reader it
 * starts again from a new snapshot, and the handlers hear of the differences. While the api-server
 * or the log is away it tries again, later and later.
 */
public final class LogInformers implements Informers {

    private static final Logger LOGGER = System.getLogger(LogInformers.class.getName());

    /** Short, so that a component that starts beside its api-server loses no time. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);

    /** Little work for an api-server that is there, and little loss when it comes. */
    private static final Duration LAST_RETRY = Duration.ofMillis(500);

    private final ClusterLog log;
    private final Transport transport;
    private final Clock clock;
    private final Executor executor;
    private final Kinds kinds = new Kinds();
    private final AppliedMark mark = new AppliedMark();
    private final CompletableFuture<Void> synced = new CompletableFuture<>();
    private ClusterLog.@Nullable Tail tail;
    private boolean stopped;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Histogram latency = new Histogram();

    public LogInformers(ClusterLog log, Transport transport, Clock clock, Executor executor) {
        this.log = log;
        this.transport = transport;
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public <T extends HasMetadata> Informer<T> of(Class<T> kind) {
        return kinds.of(kind);
    }

    @Override
    public MetadataInformer metadata() {
        return kinds.metadata();
    }

    /** Where it goes how old records are when they arrive, by their writers' clocks. */
    public void measure(Histogram histogram) {
        latency = histogram;
    }

    @Override
    public long applied() {
        return mark.applied();
    }

    @Override
    public void whenApplied(long resourceVersion, Runnable task) {
        mark.when(resourceVersion, task);
    }

    /**
     * Begins to read; once only. The stage completes when the first snapshot can be read and the
     * handlers have heard of it.
     */
    public CompletionStage<Void> start() {
        kinds.begin();
        executor.execute(this::readSnapshot);
        return synced.minimalCompletionStage();
    }

    public boolean isSynced() {
        return synced.isDone();
    }

    /** No handler is called after this returns, unless it is running. */
    public synchronized void stop() {
        stopped = true;
        if (tail != null) {
            tail.close();
        }
    }

    private void readSnapshot() {
        if (isStopped()) {
            return;
        }
        try {
            Snapshot snapshot = transport.snapshot(kinds.resources());
            requireNotOlder(snapshot);
            replace(snapshot);
            follow(snapshot.resourceVersion());
        } catch (RuntimeException e) {
            LOGGER.log(
                    failures.get() == 0 ? Level.INFO : Level.DEBUG,
                    () -> "informers wait for the api-server reason=\"" + e.getMessage() + '"');
            again();
        }
    }

    private void requireNotOlder(Snapshot snapshot) {
        if (snapshot.resourceVersion() < mark.applied()) {
            throw new StoreUnavailableException(
                    "the api-server is behind: its snapshot is of resourceVersion "
                            + snapshot.resourceVersion(),
                    null);
        }
    }

    private void replace(Snapshot snapshot) {
        List<Changed<?>> changes = kinds.replace(snapshot);
        mark.moveTo(snapshot.resourceVersion());
        changes.forEach(Changed::tell);
        mark.release();
        synced.complete(null);
    }

    private void follow(long fromOffset) {
        ClusterLog.Tail opened = log.tail(fromOffset, new Follower());
        synchronized (this) {
            if (stopped) {
                opened.close();
            }
            tail = opened;
        }
    }

    private void again() {
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures.getAndIncrement(), 10));
        Duration delay = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        clock.schedule(delay, () -> executor.execute(this::readSnapshot));
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private final class Follower implements ClusterLog.Reader {

        @Override
        public void read(List<LogRecord> records) {
            failures.set(0);
            latency.record(age(records.getLast()));
            for (LogRecord record : records) {
                List<Changed<?>> changes = kinds.apply(record);
                mark.moveTo(record.resourceVersion());
                changes.forEach(Changed::tell);
                mark.release();
            }
        }

        /** Of the last one of a batch: the first ones have only waited for it. */
        private Duration age(LogRecord record) {
            Duration age = Duration.between(record.entry().header().time(), clock.instant());
            return age.isNegative() ? Duration.ZERO : age;
        }

        @Override
        public void trimmed(long startOffset) {
            LOGGER.log(
                    Level.INFO, () -> "log trimmed beyond this reader startOffset=" + startOffset);
            again();
        }
    }
}
