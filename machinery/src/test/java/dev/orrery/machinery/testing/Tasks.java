package dev.orrery.machinery.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** An executor that runs nothing until the test says so, and then in order, on its thread. */
public final class Tasks implements Executor {

    /** More tasks than any test has: something goes round in circles. */
    private static final int TOO_MANY = 1_000_000;

    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        waiting.addLast(task);
    }

    public int size() {
        return waiting.size();
    }

    public void runNext() {
        waiting.removeFirst().run();
    }

    /** Runs the tasks, and those that they cause, until none is left. */
    public void runAll() {
        for (int i = 0; !waiting.isEmpty(); i++) {
            if (i > TOO_MANY) {
                throw new IllegalStateException("tasks go on for ever");
            }
            runNext();
        }
    }
}
