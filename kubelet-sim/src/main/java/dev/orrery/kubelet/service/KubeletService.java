package dev.orrery.kubelet.service;

import dev.orrery.kubelet.KubeletConfig;
import dev.orrery.kubelet.KubeletPool;
import dev.orrery.kubelet.network.SeparateNetworks;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.kubelet.process.MachineRuntime;
import dev.orrery.kubelet.process.RunningContainers;
import dev.orrery.kubelet.volume.VolumeMounts;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.component.Component;
import dev.orrery.machinery.component.Core;
import dev.orrery.machinery.component.Services;
import dev.orrery.machinery.lease.SlotClaim;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** The kubelets as a service of their own. */
@Singleton
public class KubeletService {

    @Produces
    @Singleton
    Component component() {
        return Services.component("kubelet-sim", "kubelet", KubeletService::core);
    }

    private static Core core(Surroundings surroundings) {
        KubeletSettings settings = new KubeletSettings(ConfigProvider.getConfig());
        SlotClaim pool = settings.claimsPool() ? claim(surroundings) : null;
        int number = pool == null ? settings.poolNumber() : pool.await();
        KubeletConfig usual = settings.kubelets();
        KubeletConfig config = usual.withPlace(number * usual.nodes(), settings.advertisedAgent());
        ContainerLogs logs = new ContainerLogs();
        RunningContainers containers = new RunningContainers();
        KubeletPool kubelets =
                new KubeletPool(
                        surroundings,
                        config,
                        new MachineRuntime(
                                surroundings.clock(),
                                surroundings.executor(),
                                logs,
                                containers,
                                new SeparateNetworks(),
                                VolumeMounts.NONE));
        AgentPort port = new AgentPort(ConfigProvider.getConfig(), logs, containers);
        return Core.of(
                () -> {
                    port.open();
                    kubelets.start();
                },
                () -> {
                    kubelets.stop();
                    port.close();
                    if (pool != null) {
                        pool.release();
                    }
                });
    }

    /** The nodes of one pool must not have two kubelets: whose pool is taken ends. */
    private static SlotClaim claim(Surroundings surroundings) {
        SlotClaim claim =
                new SlotClaim(
                        "kubelet-sim",
                        surroundings.store(),
                        surroundings.clock(),
                        surroundings.executor(),
                        UUID.randomUUID().toString(),
                        () -> Quarkus.asyncExit(1));
        claim.start();
        return claim;
    }
}
