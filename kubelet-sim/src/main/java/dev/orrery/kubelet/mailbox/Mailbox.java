package dev.orrery.kubelet.mailbox;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after another in the order in which they were posted, on threads of an executor.
 * State that is touched only from tasks of one mailbox needs no lock. Tasks must not block. A task
 * that throws is logged and does not keep the next from running. Posted to from any thread; a task
 * never runs in the frame that posts it.
 */
public final class Mailbox {

    private static final System.Logger LOG = System.getLogger(Mailbox.class.getName());

    private final String owner;
    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    public Mailbox(String owner, Executor executor) {
        this.owner = owner;
        this.executor = executor;
    }

    public void post(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        int due = waiting.get();
        while (due > 0) {
            for (int i = 0; i < due; i++) {
                runNext();
            }
            due = waiting.addAndGet(-due);
        }
    }

    private void runNext() {
        Runnable task = tasks.poll();
        if (task == null) {
            throw new IllegalStateException("fewer tasks than were counted");
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "task failed owner=" + owner, e);
        }
    }
}
