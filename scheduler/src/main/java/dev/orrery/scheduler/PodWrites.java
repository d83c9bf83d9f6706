package dev.orrery.scheduler;

import dev.orrery.machinery.store.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Writes about pods, each on a thread that may block, those of one pod one after the other: a
 * condition that a failed try left behind must not overwrite what a later binding wrote. Called on
 * the scheduling thread.
 */
final class PodWrites {

    private final Executor executor;
    private final SerialLoop loop;
    private final Map<String, Deque<Runnable>> underWay = new HashMap<>();

    PodWrites(Executor executor, SerialLoop loop) {
        this.executor = executor;
        this.loop = loop;
    }

    /** The task handles its own failures. */
    void write(String uid, Origin origin, Runnable task) {
        Runnable whole = () -> ScopedValue.where(Origin.CURRENT, origin).run(task);
        Deque<Runnable> before = underWay.get(uid);
        if (before != null) {
            before.add(whole);
        } else {
            underWay.put(uid, new ArrayDeque<>());
            start(uid, whole);
        }
    }

    int podsUnderWay() {
        return underWay.size();
    }

    private void start(String uid, Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } finally {
                loop.post(() -> next(uid));
            }
        });
    }

    private void next(String uid) {
        Deque<Runnable> left = underWay.get(uid);
        Runnable next = left == null ? null : left.poll();
        if (next == null) {
            underWay.remove(uid);
        } else {
            start(uid, next);
        }
    }
}
