package dev.orrery.machinery.time;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The time of the world. One thread runs all timers of the process, which is why their tasks must
 * be short; a task that throws is logged and harms no other.
 */
public final class WallClock implements Clock, AutoCloseable {

    private static final Logger LOGGER = System.getLogger(WallClock.class.getName());

    private final ScheduledThreadPoolExecutor timers;
    private final Duration offset;

    public WallClock() {
        this(Duration.ZERO);
    }

    /**
     * @param offset how far it is ahead: a clock that is wrong, to see what comes of it
     */
    public WallClock(Duration offset) {
        this.offset = offset;
        timers = new ScheduledThreadPoolExecutor(1, WallClock::thread);
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant instant() {
        return java.time.Clock.systemUTC().instant().plus(offset);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        if (timers.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> waiting =
                timers.schedule(
                        () -> run(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> waiting.cancel(false);
    }

    /** No timer starts after this. */
    @Override
    public void close() {
        timers.shutdownNow();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "timer task failed", e);
        }
    }

    private static Thread thread(Runnable timers) {
        return Thread.ofPlatform().name("orrery-timers").daemon().unstarted(timers);
    }
}
