package dev.orrery.kubelet.process;

import dev.orrery.kubelet.network.PodNetworks;
import dev.orrery.kubelet.output.ContainerLog;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Runs each container on a machine of the userland, whose process 1 is the container's own. A
 * process that an earlier kubelet started begins anew, except that a mere sleep goes on: nothing of
 * a machine outlives its kubelet.
 */
public final class MachineRuntime implements ContainerRuntime {

    private final Clock clock;
    private final Executor executor;
    private final ContainerLogs logs;
    private final RunningContainers containers;
    private final PodNetworks networks;

    /**
     * @param executor runs what containers do
     * @param logs where the processes write
     * @param containers told which run
     */
    public MachineRuntime(
            Clock clock,
            Executor executor,
            ContainerLogs logs,
            RunningContainers containers,
            PodNetworks networks) {
        this.clock = clock;
        this.executor = executor;
        this.logs = logs;
        this.containers = containers;
        this.networks = networks;
    }

    @Override
    public ContainerProcess start(Launch launch, Consumer<Exit> exits) throws StartException {
        ContainerLog log =
                logs.open(
                        launch.pod().getMetadata().getUid(),
                        launch.container().getName(),
                        launch.containerId());
        MachineHost host =
                new MachineHost(
                        clock, executor, new SplittableRandom(launch.containerId().hashCode()));
        MachineContainer container =
                new MachineContainer(
                        launch,
                        host,
                        networks.join(launch.pod(), launch.place().podIp()),
                        new ContainerOutput(host, log));
        containers.began(launch.containerId(), container);
        try {
            container.boot(exit -> {
                containers.ended(launch.containerId());
                exits.accept(exit);
            });
        } catch (StartException e) {
            containers.ended(launch.containerId());
            throw e;
        }
        return container;
    }

    @Override
    public void forget(Pod pod) {
        logs.forget(pod.getMetadata().getUid());
        networks.leave(pod);
    }
}
