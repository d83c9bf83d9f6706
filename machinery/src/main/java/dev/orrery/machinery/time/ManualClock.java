package dev.orrery.machinery.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: it moves only when told to, and timers run in the caller's frame of whoever moves
 * it, ordered by due time and then by the order in which they were scheduled. A task sees its own
 * due time as the time. May be read and scheduled on from any thread; moved by one at a time.
 */
public final class ManualClock implements Clock {

    private static final Comparator<Waiting> ORDER =
            Comparator.comparing(Waiting::due).thenComparingLong(Waiting::number);

    private final TreeSet<Waiting> waiting = new TreeSet<>(ORDER);
    private Instant now;
    private long scheduled;

    public ManualClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
        Instant due = delay.isPositive() ? now.plus(delay) : now;
        Waiting timer = new Waiting(due, scheduled++, task);
        waiting.add(timer);
        return () -> cancel(timer);
    }

    /** Moves the time on, running every timer that falls due on the way, in order. */
    public void advance(Duration duration) {
        advanceTo(instant().plus(duration));
    }

    /** As {@link #advance}, up to a point in time; a point in the past runs what is due now. */
    public void advanceTo(Instant target) {
        while (runNext(target)) {}
        synchronized (this) {
            now = later(now, target);
        }
    }

    /** When the next timer falls due; empty if none waits. */
    public synchronized Optional<Instant> nextDue() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().due());
    }

    /**
     * Moves the time to the next timer's due time and runs that one.
     *
     * @return false if none waits
     */
    public boolean runNext() {
        return runNext(Instant.MAX);
    }

    private boolean runNext(Instant latest) {
        Waiting next = takeNext(latest);
        if (next == null) {
            return false;
        }
        next.task().run();
        return true;
    }

    private synchronized @Nullable Waiting takeNext(Instant latest) {
        if (waiting.isEmpty() || waiting.first().due().isAfter(later(now, latest))) {
            return null;
        }
        Waiting next = waiting.removeFirst();
        now = later(now, next.due());
        return next;
    }

    private synchronized void cancel(Waiting timer) {
        waiting.remove(timer);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private record Waiting(Instant due, long number, Runnable task) {}
}
