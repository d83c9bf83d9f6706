package dev.orrery.machinery.reconcile;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.metric.Histogram;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.WriteTracker;
import dev.orrery.machinery.trace.Tracer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes into reconciles: one task of the executor each, never two of one key at once, as
 * many at a time as there are workers.
 *
 * <p>Reads its own writes: after a reconcile that wrote at resourceVersion R the key does not run
 * again before the informers have passed R. Writes carry the changes that woke the key as their
 * cause. A reconciler that throws is run again, later with each failure; one whose answer was lost,
 * not before the informers show what may have been written.
 *
 * <p>Keys may be enqueued from any thread and at any time; they run from {@link #start} to {@link
 * #stop}.
 */
public final class ReconcileLoop {

    private static final Logger LOGGER = System.getLogger(ReconcileLoop.class.getName());

    private final String name;
    private final Reconciler reconciler;
    private final Surroundings surroundings;
    private final int workers;
    private final WorkQueue<Key> queue;
    private final Histogram durations;
    private final Map<Key, Causes> causes = new HashMap<>();
    private final Set<Key> unsure = new HashSet<>();
    private final Latency.Counter latency = new Latency.Counter();

    /** Workers that run a key or are about to: never more than there are. */
    private int busy;

    /** Of these, tasks that have taken no key yet: never more than keys that wait. */
    private int scheduled;

    private boolean started;

    /**
     * @param name for logs and metrics: {@code deployment}
     * @param workers how many keys may be worked on at a time
     */
    public ReconcileLoop(
            String name, Reconciler reconciler, Surroundings surroundings, int workers) {
        this.name = name;
        this.reconciler = reconciler;
        this.surroundings = surroundings;
        this.workers = workers;
        this.queue = new WorkQueue<>(surroundings.clock(), this::runWaiting);
        this.durations = QueueFigures.show(queue, name, surroundings.metrics());
    }

    public void start() {
        synchronized (this) {
            started = true;
        }
        runWaiting();
    }

    /** Starts no reconcile after this; one that runs goes on. */
    public synchronized void stop() {
        started = false;
        queue.shutDown();
        causes.clear();
    }

    public String name() {
        return name;
    }

    /** How long keys took, from when they could have been taken to when they were done. */
    public Latency latency() {
        return latency.read();
    }

    public QueueMetrics metrics() {
        return queue.metrics();
    }

    /** Every object of the informer is a key: its changes wake it. */
    public <T extends HasMetadata> void watch(Informer<T> informer) {
        watch(informer, object -> List.of(Key.of(object)));
    }

    /** An object's changes wake its controlling owner, where that is of the kind. */
    public <T extends HasMetadata> void watchOwned(Informer<T> informer, String ownerKind) {
        watch(informer, object -> Owners.controller(object, ownerKind));
    }

    /** An object's changes wake the keys that it maps to, and those it mapped to before. */
    public <T extends HasMetadata> void watch(
            Informer<T> informer, Function<T, ? extends Collection<Key>> keys) {
        informer.addHandler((before, after, change) -> {
            Collection<Key> now = after == null ? List.of() : keys.apply(after);
            now.forEach(key -> enqueue(key, change));
            Collection<Key> then = before == null ? List.of() : keys.apply(before);
            then.stream().filter(key -> !now.contains(key)).forEach(key -> enqueue(key, change));
        });
    }

    /** Wakes the key because of a change. */
    public void enqueue(Key key, Change cause) {
        remember(key, Causes.of(cause));
        queue.add(key);
    }

    /** Wakes the key for a reason that the log does not know. */
    public void enqueue(Key key) {
        queue.add(key);
    }

    public void enqueueAfter(Key key, Duration delay) {
        queue.addAfter(key, delay);
    }

    /** As above, because of a change. */
    public void enqueueAfter(Key key, Duration delay, Change cause) {
        remember(key, Causes.of(cause));
        queue.addAfter(key, delay);
    }

    private void runWaiting() {
        while (takesWorker()) {
            surroundings.executor().execute(this::runNext);
        }
    }

    /** True if a key waits that no task will take yet, and there is a worker for it. */
    private synchronized boolean takesWorker() {
        if (!started || busy == workers || queue.waiting() <= scheduled) {
            return false;
        }
        busy++;
        scheduled++;
        return true;
    }

    private void runNext() {
        Work work = takeNext();
        if (work != null) {
            Instant taken = surroundings.clock().instant();
            run(work.key(), work.why());
            latency.add(
                    work.waited().plus(Duration.between(taken, surroundings.clock().instant())));
        }
    }

    /** Only now: up to here the key gathered causes and was the same key when it woke again. */
    private synchronized @Nullable Work takeNext() {
        scheduled--;
        Key key = started ? queue.poll() : null;
        if (key == null) {
            busy--;
            return null;
        }
        Causes why = causes.getOrDefault(key, Causes.NONE);
        causes.remove(key);
        return new Work(key, why, queue.lastWait());
    }

    private void run(Key key, Causes why) {
        WriteTracker writes = new WriteTracker(surroundings.informers()::applied);
        long toBeSeen = 0;
        Instant begun = surroundings.clock().instant();
        try {
            toBeSeen = toBeSeen(key);
            if (surroundings.informers().applied() >= toBeSeen) {
                succeeded(key, why, reconcile(key, why, writes));
            } else {
                remember(key, why);
                queue.add(key); // which runs it once it is done here
            }
        } catch (RuntimeException e) {
            failed(key, why, e);
        } finally {
            if (writes.isUnsure()) {
                doubt(key);
            }
            release();
            durations.record(Duration.between(begun, surroundings.clock().instant()));
            surroundings
                    .informers()
                    .whenApplied(
                            Math.max(toBeSeen, writes.highestWritten()), () -> queue.done(key));
        }
    }

    private synchronized void doubt(Key key) {
        unsure.add(key);
    }

    /** The resourceVersion that shows what became of the key's writes without an answer; or 0. */
    private long toBeSeen(Key key) {
        synchronized (this) {
            if (!unsure.contains(key)) {
                return 0;
            }
        }
        long newest = surroundings.store().newestResourceVersion();
        synchronized (this) {
            unsure.remove(key);
        }
        return newest;
    }

    private Result reconcile(Key key, Causes why, WriteTracker writes) {
        Tracer.Span span =
                surroundings
                        .tracer()
                        .begin(
                                "reconcile " + name,
                                why.traceparent(surroundings.random()),
                                surroundings.clock().instant());
        Origin origin =
                new Origin(
                        why.resourceVersions(),
                        surroundings.informers().applied(),
                        span.traceparent());
        boolean succeeded = false;
        try {
            Result result =
                    ScopedValue.where(Origin.CURRENT, origin)
                            .where(WriteTracker.CURRENT, writes)
                            .call(() -> reconciler.reconcile(key));
            succeeded = true;
            return result;
        } finally {
            span.end(succeeded, surroundings.clock().instant());
        }
    }

    private void succeeded(Key key, Causes why, Result result) {
        queue.forget(key);
        if (result instanceof Result.Again(Duration after)) {
            // What is done then is still done because of what woke the key now.
            remember(key, why);
            queue.addAfter(key, after);
        }
    }

    private void failed(Key key, Causes why, RuntimeException e) {
        remember(key, why);
        queue.addRateLimited(key);
        String text =
                "reconcile failed loop=%s key=%s failures=%d reason=\"%s\""
                        .formatted(name, key, queue.failures(key), e.getMessage());
        switch (e) {
            case ApiException refusal when refusal.isConflict() -> LOGGER.log(Level.DEBUG, text);
            case ApiException _, StoreUnavailableException _ -> LOGGER.log(Level.WARNING, text);
            default -> LOGGER.log(Level.WARNING, text, e);
        }
    }

    private synchronized void remember(Key key, Causes why) {
        causes.merge(key, why, Causes::and);
    }

    private void release() {
        synchronized (this) {
            busy--;
        }
        runWaiting();
    }

    private record Work(Key key, Causes why, Duration waited) {}
}
