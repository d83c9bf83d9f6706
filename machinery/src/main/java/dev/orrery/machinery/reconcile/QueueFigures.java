package dev.orrery.machinery.reconcile;

import dev.orrery.machinery.metric.Histogram;
import dev.orrery.machinery.metric.Metrics;

/** Shows a queue under the names that Kubernetes gives its own. */
final class QueueFigures {

    private QueueFigures() {}

    /** Where the durations of the work go. */
    static Histogram show(WorkQueue<?> queue, String name, Metrics metrics) {
        String label = "name=\"" + name + '"';
        metrics.gauge("workqueue_depth", label, () -> queue.metrics().depth());
        metrics.counter("workqueue_adds_total", label, () -> queue.metrics().adds());
        metrics.counter("workqueue_retries_total", label, () -> queue.metrics().retries());
        metrics.histogram("workqueue_queue_duration_seconds", label, queue.waits());
        return metrics.histogram("workqueue_work_duration_seconds", label);
    }
}
