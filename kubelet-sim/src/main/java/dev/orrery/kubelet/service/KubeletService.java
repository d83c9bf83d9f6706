package dev.orrery.kubelet.service;

import dev.orrery.kubelet.KubeletConfig;
import dev.orrery.kubelet.KubeletPool;
import dev.orrery.kubelet.network.SeparateNetworks;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.kubelet.process.MachineRuntime;
import dev.orrery.kubelet.process.RunningContainers;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.component.Component;
import dev.orrery.machinery.component.Core;
import dev.orrery.machinery.component.Services;
import dev.orrery.userland.file.Allowance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** The kubelets as a service of their own. */
@Singleton
public class KubeletService {

    /** Files in volumes may take a quarter of the memory. */
    private static final int FILES_SHARE = 4;

    @Produces
    @Singleton
    Component component() {
        return Services.component("kubelet-sim", "kubelet", KubeletService::core);
    }

    private static Core core(Surroundings surroundings) {
        KubeletSettings settings = new KubeletSettings(ConfigProvider.getConfig());
        KubeletConfig config = settings.kubelets();
        ContainerLogs logs = new ContainerLogs();
        RunningContainers containers = new RunningContainers();
        DiskVolumes volumes =
                new DiskVolumes(
                        settings.volumes(),
                        surroundings.clock(),
                        new Allowance(Runtime.getRuntime().maxMemory() / FILES_SHARE));
        KubeletPool pool =
                new KubeletPool(
                        surroundings,
                        config,
                        new MachineRuntime(
                                surroundings.clock(),
                                surroundings.executor(),
                                logs,
                                containers,
                                new SeparateNetworks()),
                        volumes);
        AgentPort port = new AgentPort(ConfigProvider.getConfig(), logs, containers);
        return Core.of(
                () -> {
                    port.open();
                    pool.start();
                },
                () -> {
                    pool.stop();
                    port.close();
                });
    }
}
