package dev.orrery.machinery.log.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Warns of a trouble that repeats: once in a while as a warning, else for debugging only. */
final class RareLog {

    private final Logger log;
    private final long everyNanos;
    private long lastNanos;
    private boolean warned;

    RareLog(Logger log, Duration every) {
        this.log = log;
        this.everyNanos = every.toNanos();
    }

    synchronized void warn(String message, Exception cause) {
        long now = System.nanoTime();
        boolean due = !warned || now - lastNanos >= everyNanos;
        if (due) {
            warned = true;
            lastNanos = now;
        }
        log.log(due ? Level.WARNING : Level.DEBUG, message, cause);
    }
}
