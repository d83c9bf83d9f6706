package dev.orrery.machinery.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The only source of time. On the services it is the wall clock; on the workbench it is virtual and
 * moves only when nothing else is left to do.
 */
public interface Clock extends InstantSource {

    @Override
    Instant instant();

    /**
     * Runs a task once, no earlier than after the delay. The task must be short and must not block:
     * work goes to an executor.
     *
     * @param delay zero or less means as soon as possible, never in the caller's frame
     */
    Timer schedule(Duration delay, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timer {

        /** After this the task does not start; a task that has started goes on. */
        void cancel();
    }
}
