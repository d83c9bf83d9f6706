package dev.orrery.kubelet.usage;

/**
 * What one container uses.
 *
 * @param cpuNanos billionths of a core
 */
public record ContainerUse(String name, long cpuNanos, long memoryBytes) {}
