package dev.orrery.scheduler;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The scheduling thread, which is no thread: steps on the executor, never two at a time, each after
 * the one before. Whatever is posted runs in a step, in order; so the state that is only touched
 * here needs no lock. After what was posted, each step does one piece of work, and as long as there
 * is more to do another step follows.
 */
final class SerialLoop {

    private static final Logger LOGGER = System.getLogger(SerialLoop.class.getName());

    private final Executor executor;
    private final Work work;
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stepping = new AtomicBoolean();

    /** One piece of work at a time. */
    interface Work {

        /** Does one piece, if there is any. */
        void doNext();

        boolean hasNext();
    }

    SerialLoop(Executor executor, Work work) {
        this.executor = executor;
        this.work = work;
    }

    /** From any thread. The task must be short and must not block. */
    void post(Runnable task) {
        posted.add(task);
        if (stepping.compareAndSet(false, true)) {
            executor.execute(this::step);
        }
    }

    private void step() {
        boolean more = false;
        try {
            runPosted();
            work.doNext();
            more = work.hasNext();
        } finally {
            goOn(more);
        }
    }

    private void goOn(boolean more) {
        if (more || !posted.isEmpty()) {
            executor.execute(this::step);
            return;
        }
        stepping.set(false);
        if (!posted.isEmpty() && stepping.compareAndSet(false, true)) {
            executor.execute(this::step);
        }
    }

    private void runPosted() {
        for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOGGER.log(Level.ERROR, "a change could not be taken in", e);
            }
        }
    }
}
