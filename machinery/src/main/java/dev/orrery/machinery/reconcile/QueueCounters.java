package dev.orrery.machinery.reconcile;

import java.time.Duration;

/** Counts for {@link QueueMetrics}. Used from any thread. */
final class QueueCounters {

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
        waited = waited.plus(wait);
        longestWait = wait.compareTo(longestWait) > 0 ? wait : longestWait;
    }

    synchronized QueueMetrics read(int depth, int working, int delayed) {
        return new QueueMetrics(depth, working, delayed, adds, retries, taken, waited, longestWait);
    }
}
