package dev.orrery.machinery.informer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * How far the informers have come, and who waits for them to come further. One thread at a time
 * moves it; any thread reads it and waits.
 */
final class AppliedMark {

    private static final Comparator<Wait> ORDER =
            Comparator.comparingLong(Wait::resourceVersion).thenComparingLong(Wait::number);

    private final PriorityQueue<Wait> waits = new PriorityQueue<>(ORDER);
    private long waited;
    private volatile long applied;
    private volatile boolean someoneWaits;

    long applied() {
        return applied;
    }

    /** The changes up to here can be read. The waits are run by the next {@link #release}. */
    void moveTo(long resourceVersion) {
        applied = resourceVersion;
    }

    void when(long resourceVersion, Runnable task) {
        if (!waits(resourceVersion, task)) {
            task.run();
        }
    }

    /** Runs the tasks whose resourceVersion has been passed. */
    void release() {
        if (someoneWaits) {
            released().forEach(Runnable::run);
        }
    }

    private boolean waits(long resourceVersion, Runnable task) {
        if (applied >= resourceVersion) {
            return false;
        }
        synchronized (waits) {
            // Seen by the mover after its move, or else we see the move here: no wait is lost.
            someoneWaits = true;
            if (applied >= resourceVersion) {
                someoneWaits = !waits.isEmpty();
                return false;
            }
            waits.add(new Wait(resourceVersion, waited++, task));
            return true;
        }
    }

    private List<Runnable> released() {
        List<Runnable> tasks = new ArrayList<>();
        synchronized (waits) {
            for (Wait next = waits.peek();
                    next != null && next.resourceVersion() <= applied;
                    next = waits.peek()) {
                tasks.add(next.task());
                waits.remove();
            }
            someoneWaits = !waits.isEmpty();
        }
        return tasks;
    }

    private record Wait(long resourceVersion, long number, Runnable task) {}
}
