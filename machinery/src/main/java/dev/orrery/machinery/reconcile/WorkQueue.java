package dev.orrery.machinery.reconcile;

import dev.orrery.machinery.metric.Histogram;
import dev.orrery.machinery.time.Clock;
import dev.orrery.machinery.time.Clock.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys that wait to be worked on. A key waits once however often it is added, and is never handed
 * out to two at once: added while it is worked on, it waits again when that is done. So the queue
 * is never longer than there are objects. Used from any thread; takes no thread itself.
 *
 * @param <K> compared by value
 */
public final class WorkQueue<K> {

    private final Clock clock;
    private final RetryDelays<K> delays;
    private final Runnable ready;
    private final LinkedHashMap<K, Instant> waiting = new LinkedHashMap<>();
    private final Map<K, Instant> again = new HashMap<>();
    private final Set<K> working = new HashSet<>();
    private final Map<K, Delayed> delayed = new HashMap<>();
    private final QueueCounters counters = new QueueCounters();
    private Duration lastWait = Duration.ZERO;
    private boolean shutDown;

    /**
     * @param ready called, in the frame of whoever caused it, when there may be a key to take
     */
    public WorkQueue(Clock clock, Runnable ready) {
        this.clock = clock;
        this.delays = new RetryDelays<>(clock);
        this.ready = ready;
    }

    public void add(K key) {
        if (enter(key)) {
            ready.run();
        }
    }

    /** Adds the key later, or at the earlier of two times if it is to be added later already. */
    public void addAfter(K key, Duration delay) {
        if (!delay.isPositive()) {
            add(key);
            return;
        }
        synchronized (this) {
            Instant due = clock.instant().plus(delay);
            Delayed other = delayed.get(key);
            if (shutDown || (other != null && !other.due().isAfter(due))) {
                return;
            }
            if (other != null) {
                other.timer().cancel();
            }
            Timer timer = clock.schedule(delay, () -> addDelayed(key, due));
            delayed.put(key, new Delayed(due, timer));
        }
    }

    /** Adds a key that failed, after a delay that grows with each failure. */
    public void addRateLimited(K key) {
        counters.retried();
        addAfter(key, delays.next(key));
    }

    /** The key's work went well: its next failure counts as its first. */
    public void forget(K key) {
        delays.forget(key);
    }

    /** How often the key has failed in a row. */
    public int failures(K key) {
        return delays.failures(key);
    }

    /** How many keys could be taken now. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** The key that has waited longest, to be worked on until {@link #done}; null if none waits. */
    public synchronized @Nullable K poll() {
        Map.Entry<K, Instant> oldest = waiting.pollFirstEntry();
        if (oldest == null) {
            return null;
        }
        working.add(oldest.getKey());
        lastWait = Duration.between(oldest.getValue(), clock.instant());
        counters.taken(lastWait);
        return oldest.getKey();
    }

    /** How long the key that was taken last had waited. */
    synchronized Duration lastWait() {
        return lastWait;
    }

    public void done(K key) {
        if (leave(key)) {
            ready.run();
        }
    }

    /** Forgets everything that waits, and takes nothing more. */
    public synchronized void shutDown() {
        shutDown = true;
        delayed.values().forEach(delay -> delay.timer().cancel());
        delayed.clear();
        waiting.clear();
        again.clear();
    }

    /** The times from added to handed out. */
    Histogram waits() {
        return counters.waits();
    }

    public synchronized QueueMetrics metrics() {
        return counters.read(waiting.size() + again.size(), working.size(), delayed.size());
    }

    private synchronized boolean enter(K key) {
        if (shutDown || waiting.containsKey(key) || again.containsKey(key)) {
            return false;
        }
        counters.added();
        boolean free = !working.contains(key);
        (free ? waiting : again).put(key, clock.instant());
        return free;
    }

    private synchronized boolean leave(K key) {
        working.remove(key);
        Instant added = again.remove(key);
        if (added == null) {
            return false;
        }
        waiting.put(key, added);
        return true;
    }

    private void addDelayed(K key, Instant due) {
        synchronized (this) {
            Delayed delay = delayed.get(key);
            if (delay == null || !delay.due().equals(due)) {
                return;
            }
            delayed.remove(key);
        }
        add(key);
    }

    private record Delayed(Instant due, Timer timer) {}
}
