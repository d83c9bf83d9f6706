package dev.orrery.machinery.event;

import dev.orrery.machinery.event.Correlator.Series;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the events of some objects one after the other, each in a task of the executor, so that an
 * event is created before it is counted. Others may tell it of occurrences from any thread.
 */
final class EventLane {

    private static final Logger LOGGER = System.getLogger(EventLane.class.getName());

    /** As Kubernetes' recorder: two minutes without an api-server, and the event is given up. */
    private static final int ATTEMPTS = 12;

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final StoreClient store;
    private final Clock clock;
    private final Executor executor;
    private final Correlator correlator;
    private final int bound;
    private final AtomicLong dropped;
    private final Deque<Occurrence> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * @param bound how many occurrences may wait; one more drops the oldest
     * @param dropped counts those
     */
    EventLane(
            StoreClient store,
            Clock clock,
            Executor executor,
            Correlator correlator,
            int bound,
            AtomicLong dropped) {
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        this.correlator = correlator;
        this.bound = bound;
        this.dropped = dropped;
    }

    void tell(Occurrence occurrence) {
        if (enter(occurrence)) {
            executor.execute(this::writeNext);
        }
    }

    /** True if the lane was idle, and the caller is to set it to work. */
    private synchronized boolean enter(Occurrence occurrence) {
        waiting.addLast(occurrence);
        if (waiting.size() > bound) {
            waiting.removeFirst();
            dropped.incrementAndGet();
        }
        boolean idle = !busy;
        busy = true;
        return idle;
    }

    private void writeNext() {
        correlator.correlate(take()).ifPresentOrElse(series -> write(series, 1), this::goOn);
    }

    private synchronized Occurrence take() {
        return waiting.removeFirst();
    }

    private void goOn() {
        synchronized (this) {
            busy = !waiting.isEmpty();
            if (!busy) {
                return;
            }
        }
        executor.execute(this::writeNext);
    }

    private void write(Series series, int attempt) {
        try {
            write(series);
        } catch (StoreUnavailableException e) {
            if (attempt < ATTEMPTS) {
                Runnable again = () -> write(series, attempt + 1);
                clock.schedule(RETRY, () -> executor.execute(again));
                return;
            }
            dropped.incrementAndGet();
        } catch (RuntimeException e) {
            // Most often the object's namespace is going: nobody is left to read it.
            LOGGER.log(
                    Level.DEBUG,
                    () -> "event refused event=" + series.name() + " reason=" + e.getMessage());
            dropped.incrementAndGet();
        }
        goOn();
    }

    private void write(Series series) {
        if (series.count() == 1) {
            store.create(EventObjects.event(series));
            return;
        }
        try {
            store.patch(
                    Event.class,
                    EventObjects.namespace(series),
                    series.name(),
                    "",
                    PatchType.MERGE,
                    EventObjects.increment(series));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
            // It expired meanwhile.
            store.create(EventObjects.event(series));
        }
    }
}
