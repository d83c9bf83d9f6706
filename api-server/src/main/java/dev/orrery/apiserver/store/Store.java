package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.LogUnavailableException;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One log as this replica holds it. Reads come from immutable states and never wait for a lock;
 * writes go to the log, and are answered when they have come back. Used from any thread; the state
 * itself changes only on the thread that the log delivers on.
 *
 * <p>Stages complete on the log's threads, so what hangs on them must be short. They fail with
 * {@link LogUnavailableException} where the log is away.
 */
public final class Store implements AutoCloseable {

    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final String CLOSED = "the store was closed";

    private final ClusterLog log;
    private final Clock clock;
    private final StoreLimits limits;
    private final EndOfLog end;
    private final Timeline timeline;
    private final Feed feed;
    private final Writes writes = new Writes();
    private final Waits waits = new Waits();
    private final Watches watches = new Watches();
    private final Alarm sweep;
    private final Alarm progress;

    private volatile boolean closed;

    /** A store without snapshots. */
    public Store(ClusterLog log, Clock clock, StoreLimits limits) {
        this(log, null, clock, limits);
    }

    /**
     * @param snapshotLog holds snapshots of the first log; null for none
     */
    public Store(
            ClusterLog log, @Nullable ClusterLog snapshotLog, Clock clock, StoreLimits limits) {
        this.log = log;
        this.clock = clock;
        this.limits = limits;
        Snapshots snapshots =
                snapshotLog == null ? null : new Snapshots(log, snapshotLog, clock, limits);
        this.end = new EndOfLog(log);
        this.timeline =
                new Timeline(log, clock, limits, new Publisher(writes, waits, watches, snapshots));
        this.feed = new Feed(log, snapshots, clock, limits.expires(), timeline);
        this.sweep = new Alarm(clock, SWEEP, this::sweep);
        this.progress = new Alarm(clock, limits.progressEvery(), this::tellProgress);
    }

    /** Keeps something up with the state; before the start. */
    public void derive(Derived derived) {
        timeline.derive(derived);
    }

    /**
     * Reads the last snapshot and then the log, and is done at what is its end now. Waits for a log
     * that is away; fails where the log no longer reaches back to the last snapshot.
     */
    public CompletionStage<Void> start() {
        Supplier<Exception> never = () -> new IllegalStateException("a start has no deadline");
        return feed.start()
                .thenCompose(end -> waits.until(end, Instant.MAX, this::current, never))
                .thenAccept(state -> {});
    }

    /** What has been read so far. */
    public ClusterState current() {
        return timeline.moment().state();
    }

    /**
     * The state after every write that was answered before this call, by whichever replica. Calls
     * share their questions to the log.
     */
    public CompletionStage<ClusterState> newest() {
        CompletableFuture<ClusterState> newest = new CompletableFuture<>();
        Supplier<Exception> late =
                () ->
                        new LogUnavailableException(
                                "the log could not be read up to its end in time", false, null);
        CompletionStage<ClusterState> passed = end.ask().thenCompose(end -> until(end, late));
        passed.whenComplete((state, failure) -> Failures.pass(state, failure, newest));
        return newest;
    }

    /**
     * The state at this version or a later one. Fails with {@link TooLargeResourceVersionException}
     * where it does not come in time.
     */
    public CompletionStage<ClusterState> atLeast(long resourceVersion) {
        return until(
                resourceVersion,
                () ->
                        new TooLargeResourceVersionException(
                                resourceVersion, current().resourceVersion()));
    }

    /** The state at exactly this version; empty if it is no longer kept, or not yet read. */
    public Optional<ClusterState> at(long resourceVersion) {
        return timeline.moment().at(resourceVersion);
    }

    /** The versions after this one can still be watched from. */
    public long oldest() {
        return timeline.moment().oldest();
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
        CompletableFuture<Outcome> outcome =
                writes.begin(header.id(), clock.instant().plus(limits.writeTimeout()));
        if (closed) {
            writes.failed(header.id(), new LogUnavailableException(CLOSED, false, null));
            return outcome;
        }
        sweep.arm();
        log.append(new Entry(key, value, header))
                .whenComplete((offset, failure) -> {
                    if (failure != null) {
                        writes.failed(header.id(), Failures.cause(failure));
                    }
                });
        return outcome;
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
        Scope scope = new Scope(resource, namespace);
        Watch watch = watches.begin(scope, afterResourceVersion, sink, timeline::moment);
        progress.arm();
        return watch;
    }

    /** Ends the watches, fails what waits, and stops reading; the log stays open. */
    @Override
    public void close() {
        closed = true;
        feed.close();
        sweep.cancel();
        progress.cancel();
        timeline.close();
        writes.failAll(CLOSED);
        waits.failAll(new LogUnavailableException(CLOSED, false, null));
        watches.end(new LogUnavailableException(CLOSED, false, null));
    }

    private CompletableFuture<ClusterState> until(long version, Supplier<Exception> refusal) {
        Instant deadline = clock.instant().plus(limits.waitTimeout());
        CompletableFuture<ClusterState> stage =
                waits.until(version, deadline, this::current, refusal);
        if (!stage.isDone()) {
            sweep.arm();
        }
        return stage;
    }

    private boolean sweep() {
        Instant now = clock.instant();
        boolean writesLeft = writes.sweep(now);
        return waits.sweep(now) || writesLeft;
    }

    private boolean tellProgress() {
        watches.forEach(LiveWatch::requestProgress);
        return !watches.isEmpty();
    }
}
