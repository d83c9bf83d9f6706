package dev.orrery.kubelet.usage;

import java.util.List;

/** What the running containers of one pod use. */
public record PodUse(String uid, String namespace, List<ContainerUse> containers) {

    public PodUse {
        containers = List.copyOf(containers);
    }

    long cpuNanos() {
        return containers.stream().mapToLong(ContainerUse::cpuNanos).sum();
    }

    public long memoryBytes() {
        return containers.stream().mapToLong(ContainerUse::memoryBytes).sum();
    }
}
