package dev.orrery.workbench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs the world one step at a time. What can happen next lies in a pool, and the seed picks from
 * it; when nothing is left, time moves to the next timer. Everything of a workbench runs on the one
 * thread that calls {@link #step}, or on a {@link Coroutine} while that thread waits for it.
 */
final class EventLoop {

    private final SplittableRandom choices;
    private final List<Step> ready = new ArrayList<>();
    private final PriorityQueue<Timed> timers =
            new PriorityQueue<>(Comparator.comparing(Timed::at).thenComparingLong(Timed::tieBreak));
    private Instant now;
    private long scheduled;

    EventLoop(long seed, Instant start) {
        this.choices = new SplittableRandom(seed);
        this.now = start;
    }

    Instant now() {
        return now;
    }

    /** Something that can happen from now on; when, the seed decides. */
    void add(Step step) {
        ready.add(step);
    }

    /** Something that can happen once this much time has passed. */
    Timed schedule(Duration delay, Step step) {
        Duration wait = delay.isNegative() ? Duration.ZERO : delay;
        // Timers of one instant fire in the order that the seed says, not in that of their making.
        Timed timed = new Timed(now.plus(wait), choices.nextLong(), scheduled++, step);
        timers.add(timed);
        return timed;
    }

    void cancel(Timed timed) {
        timers.remove(timed);
    }

    /** Throws away all that one owner wanted to do. */
    void forget(Object owner) {
        ready.removeIf(step -> Objects.equals(step.owner(), owner));
        timers.removeIf(timed -> Objects.equals(timed.step().owner(), owner));
    }

    /**
     * Does one thing, moving time forward if there is no other way.
     *
     * @param limit how far time may move
     * @return false if nothing is left to do before the limit; time then stands at the limit
     */
    boolean step(Instant limit) {
        if (ready.isEmpty() && !moveTime(limit)) {
            now = limit;
            return false;
        }
        Step step = take(choices.nextInt(ready.size()));
        step.action().run();
        return true;
    }

    /** Whether anything can happen without time moving. */
    boolean isBusy() {
        return !ready.isEmpty();
    }

    private boolean moveTime(Instant limit) {
        Timed next = timers.peek();
        if (next == null || next.at().isAfter(limit)) {
            return false;
        }
        now = next.at();
        for (Timed timed = next; timed != null && timed.at().equals(now); timed = timers.peek()) {
            timers.poll();
            ready.add(timed.step());
        }
        return true;
    }

    private Step take(int index) {
        Step last = ready.removeLast();
        return index == ready.size() ? last : ready.set(index, last);
    }

    /**
     * One thing that can happen.
     *
     * @param owner whose it is; null: the world's own
     */
    record Step(@Nullable Object owner, Runnable action) {}

    /** A step that waits for its time. */
    record Timed(Instant at, long tieBreak, long number, Step step) {}
}
