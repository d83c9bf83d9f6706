package dev.orrery.apiserver.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one node and its pods use.
 *
 * @param time the end of the window that was measured
 */
public record NodeUsage(
        String node, Instant time, Duration window, Amounts amounts, List<PodUsage> pods) {

    public NodeUsage {
        pods = List.copyOf(pods);
    }

    /**
     * @param containers by name
     */
    public record PodUsage(String uid, Map<String, Amounts> containers) {

        public PodUsage {
            containers = Map.copyOf(containers);
        }
    }

    /**
     * @param cpuNanos billionths of a core
     */
    public record Amounts(long cpuNanos, long memoryBytes) {}
}
