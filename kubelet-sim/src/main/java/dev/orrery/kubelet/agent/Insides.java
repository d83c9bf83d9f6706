package dev.orrery.kubelet.agent;

import dev.orrery.kubelet.endpoint.KubeletEndpoints;
import dev.orrery.kubelet.network.Fabric;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.kubelet.process.RunningContainers;
import dev.orrery.kubelet.usage.Usages;
import java.util.concurrent.Executor;

/**
 * What of a process's nodes an api-server can reach.
 *
 * @param executor moves the bytes of connections
 */
public record Insides(
        ContainerLogs logs,
        RunningContainers containers,
        Fabric fabric,
        KubeletEndpoints kubelets,
        Usages usages,
        Executor executor) {}
