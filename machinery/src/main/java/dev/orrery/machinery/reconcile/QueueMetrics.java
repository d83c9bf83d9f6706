package dev.orrery.machinery.reconcile;

import java.time.Duration;

/**
 * A work queue's figures, named as Kubernetes names its {@code workqueue_*} metrics.
 *
 * @param depth keys that wait now
 * @param working keys that are worked on now
 * @param delayed keys that will be added later
 * @param adds keys added since the start
 * @param retries of those, after a failure
 * @param taken keys handed out since the start
 * @param waited their time from added to handed out, summed
 * @param longestWait the longest of these
 */
public record QueueMetrics(
        int depth,
        int working,
        int delayed,
        long adds,
        long retries,
        long taken,
        Duration waited,
        Duration longestWait) {}
