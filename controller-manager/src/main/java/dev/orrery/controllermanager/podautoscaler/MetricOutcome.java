package dev.orrery.controllermanager.podautoscaler;

import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;

/** What one metric of an autoscaler says. */
sealed interface MetricOutcome {

    /**
     * @param name for the reason of a change: {@code cpu resource utilization (percentage of
     *     request)}
     */
    record Found(int replicas, String name, MetricStatus status) implements MetricOutcome {}

    /**
     * @param reason for the condition and the event: {@code FailedGetResourceMetric}
     * @param message for these, too
     * @param error the same, with what was asked in front
     */
    record Failed(String reason, String message, String error) implements MetricOutcome {}
}
