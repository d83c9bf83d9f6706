package dev.orrery.machinery.event;

import dev.orrery.machinery.event.Correlator.Series;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes events, one batch after the other, each in a task of the executor: what is told while one
 * is on its way goes with the next. So an event is created before it is counted, and a burst of
 * them costs few calls. Others may tell it of occurrences from any thread.
 */
final class EventWriter {

    private static final Logger LOGGER = System.getLogger(EventWriter.class.getName());

    /** Few enough that other writes get their turn at the api-server. */
    private static final int BATCH = 64;

    /** As Kubernetes' recorder: two minutes without an api-server, and the event is given up. */
    private static final int ATTEMPTS = 12;

    private static final Duration RETRY = Duration.ofSeconds(10);

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final StoreClient store;
    private final Clock clock;
    private final Executor executor;
    private final Correlator correlator;
    private final int bound;
    private final AtomicLong dropped = new AtomicLong();
    private final Deque<Occurrence> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * @param bound how many occurrences may wait; one more drops the oldest
     */
    EventWriter(
            StoreClient store, Clock clock, Executor executor, Correlator correlator, int bound) {
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        this.correlator = correlator;
        this.bound = bound;
    }

    void tell(Occurrence occurrence) {
        if (enter(occurrence)) {
            executor.execute(this::writeNext);
        }
    }

    /** Occurrences that were never told, because too many waited or no api-server was there. */
    long dropped() {
        return dropped.get();
    }

    /** True if nothing was going on, and the caller is to begin. */
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
        List<Writing> batch = new ArrayList<>(correlated(take()));
        if (batch.isEmpty()) {
            goOn();
        } else {
            write(batch, 1);
        }
    }

    private synchronized List<Occurrence> take() {
        List<Occurrence> taken = new ArrayList<>();
        while (taken.size() < BATCH && !waiting.isEmpty()) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    /** One write for each event, however often it is counted in the batch. */
    private Collection<Writing> correlated(List<Occurrence> occurrences) {
        Map<String, Writing> byName = new LinkedHashMap<>();
        for (Occurrence occurrence : occurrences) {
            correlator
                    .correlate(occurrence)
                    .ifPresent(series ->
                            byName.merge(
                                    series.name(),
                                    new Writing(series, series.count() == 1),
                                    Writing::followedBy));
        }
        return byName.values();
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

    private void write(List<Writing> batch, int attempt) {
        List<Answer> answers;
        try {
            answers = store.batch(batch.stream().map(this::call).toList());
        } catch (StoreUnavailableException e) {
            unanswered(batch, attempt);
            return;
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "events not written", e);
            giveUp(batch);
            return;
        }
        List<Writing> expired = expired(batch, answers, attempt > 1);
        if (expired.isEmpty()) {
            goOn();
        } else {
            write(expired, 1);
        }
    }

    private void unanswered(List<Writing> batch, int attempt) {
        if (attempt < ATTEMPTS) {
            Runnable again = () -> write(batch, attempt + 1);
            clock.schedule(RETRY, () -> executor.execute(again));
        } else {
            giveUp(batch);
        }
    }

    private void giveUp(List<Writing> batch) {
        dropped.addAndGet(batch.size());
        goOn();
    }

    /**
     * What was to be counted and is no more, to be created anew; other refusals are final.
     *
     * @param again whether an earlier attempt may have written
     */
    private List<Writing> expired(List<Writing> batch, List<Answer> answers, boolean again) {
        List<Writing> expired = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Writing writing = batch.get(i);
            int code = answers.get(i).code();
            if (code == NOT_FOUND && !writing.isNew()) {
                expired.add(new Writing(writing.series(), true));
            } else if (!answers.get(i).isSuccess() && !(code == CONFLICT && again)) {
                refused(writing.series(), code);
            }
        }
        return expired;
    }

    private Call call(Writing writing) {
        Series series = writing.series();
        return writing.isNew()
                ? store.creation(EventObjects.event(series))
                : store.change(
                        Path.of(Event.class, EventObjects.namespace(series), series.name()),
                        "",
                        PatchType.MERGE,
                        EventObjects.increment(series));
    }

    private void refused(Series series, int code) {
        // Most often the object's namespace is going: nobody is left to read it.
        LOGGER.log(Level.DEBUG, () -> "event refused event=" + series.name() + " code=" + code);
        dropped.incrementAndGet();
    }

    /**
     * @param isNew whether the event is to be created; else one that is there is counted
     */
    private record Writing(Series series, boolean isNew) {

        Writing followedBy(Writing later) {
            return new Writing(later.series(), isNew);
        }
    }
}
