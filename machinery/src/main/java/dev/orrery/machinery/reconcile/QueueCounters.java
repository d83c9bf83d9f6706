package dev.orrery.machinery.reconcile;

import dev.orrery.machinery.metric.Histogram;
import java.time.Duration;

/** Counts for {@link QueueMetrics}. Used from any thread. */
final class QueueCounters {

    private final Histogram waits = new Histogram();
    private long adds;
    private long retries;
    private long taken;
    private Duration waited = Duration.ZERO;
    private Duration longestWait = Duration.ZERO;

    synchronized void added() {
        adds++;
    }

    synchronized void retried() {
        retries++;
    }

    synchronized void taken(Duration wait) {
        taken++;
        waits.record(wait);
        waited = waited.plus(wait);
        longestWait = wait.compareTo(longestWait) > 0 ? wait : longestWait;
    }

    Histogram waits() {
        return waits;
    }

    synchronized QueueMetrics read(int depth, int working, int delayed) {
        return new QueueMetrics(depth, working, delayed, adds, retries, taken, waited, longestWait);
    }
}
