package dev.orrery.kubelet.usage;

import java.time.Instant;
import java.util.List;

/**
 * What one node uses: its pods, and the node's own programs.
 *
 * @param time when that was
 */
public record NodeUse(String node, Instant time, List<PodUse> pods) {

    private static final long OWN_CPU_NANOS = 50_000_000;
    private static final long OWN_MEMORY_BYTES = 384L << 20;

    public NodeUse {
        pods = List.copyOf(pods);
    }

    public long cpuNanos() {
        return OWN_CPU_NANOS + pods.stream().mapToLong(PodUse::cpuNanos).sum();
    }

    public long memoryBytes() {
        return OWN_MEMORY_BYTES + pods.stream().mapToLong(PodUse::memoryBytes).sum();
    }
}
