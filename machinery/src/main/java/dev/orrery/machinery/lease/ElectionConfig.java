package dev.orrery.machinery.lease;

import java.time.Duration;

/**
 * What an election is about, and its times.
 *
 * <p>Invariant: {@code leaseDuration > renewDeadline > retryPeriod * 1.2}, so that a leader gives
 * up before others may take over.
 *
 * @param identity of this candidate; unique among them
 * @param leaseDuration how long others wait after the last renewal that they saw
 * @param renewDeadline how long a leader goes on without a renewal
 * @param retryPeriod between two attempts
 */
public record ElectionConfig(
        String namespace,
        String name,
        String identity,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retryPeriod) {

    static final double JITTER = 1.2;

    public ElectionConfig {
        if (leaseDuration.compareTo(renewDeadline) <= 0) {
            throw new IllegalArgumentException("leaseDuration must be greater than renewDeadline");
        }
        if (renewDeadline.toNanos() <= retryPeriod.toNanos() * JITTER) {
            throw new IllegalArgumentException(
                    "renewDeadline must be greater than retryPeriod*JitterFactor");
        }
    }

    /** A component of the control plane, with Kubernetes' times: 15 s, 10 s, 2 s. */
    public static ElectionConfig of(String component, String identity) {
        return new ElectionConfig(
                "kube-system",
                component,
                identity,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2));
    }
}
