package dev.orrery.apiserver.store;

import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Runs a task every so often while there is something to do, and sleeps otherwise, so that an idle
 * store leaves the clock alone. Used from any thread.
 */
final class Alarm {

    private final Clock clock;
    private final Duration every;
    private final BooleanSupplier task;
    private final AtomicBoolean armed = new AtomicBoolean();

    private volatile boolean cancelled;

    /**
     * @param task answers whether there is more to do
     */
    Alarm(Clock clock, Duration every, BooleanSupplier task) {
        this.clock = clock;
        this.every = every;
        this.task = task;
    }

    /** There is something to do. */
    void arm() {
        if (!cancelled && !armed.get() && armed.compareAndSet(false, true)) {
            var _ = clock.schedule(every, this::ring);
        }
    }

    void cancel() {
        cancelled = true;
    }

    private void ring() {
        armed.set(false); // first: whoever comes during the task arms again
        if (!cancelled && task.getAsBoolean()) {
            arm();
        }
    }
}
