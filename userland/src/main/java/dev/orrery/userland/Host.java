package dev.orrery.userland;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What a machine runs on, given from outside: the time, timers, somebody to run it, and chance. */
public interface Host extends InstantSource {
    /** Runs the task soon, on any thread, never within this call. */
    void execute(Runnable task);

    /** Runs the task once after a delay; the answer calls it off. */
    Runnable after(Duration delay, Runnable task);

    RandomGenerator random();
}
