package dev.orrery.kubelet.service;

import dev.orrery.kubelet.KubeletConfig;
import dev.orrery.kubelet.KubeletPool;
import dev.orrery.kubelet.agent.Insides;
import dev.orrery.kubelet.endpoint.KubeletEndpoints;
import dev.orrery.kubelet.network.Fabric;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.kubelet.process.MachineRuntime;
import dev.orrery.kubelet.process.RunningContainers;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.component.Component;
import dev.orrery.machinery.component.Core;
import dev.orrery.machinery.component.Services;
import dev.orrery.userland.file.Allowance;
import io.vertx.core.Vertx;
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
    Component component(Vertx vertx) {
        return Services.component(
                "kubelet-sim", "kubelet", surroundings -> core(surroundings, vertx));
    }

    private static Core core(Surroundings surroundings, Vertx vertx) {
        KubeletSettings settings = new KubeletSettings(ConfigProvider.getConfig());
        KubeletConfig config = settings.kubelets();
        ContainerLogs logs = new ContainerLogs();
        RunningContainers containers = new RunningContainers();
        DiskVolumes volumes =
                new DiskVolumes(
                        settings.volumes(),
                        surroundings.clock(),
                        new Allowance(Runtime.getRuntime().maxMemory() / FILES_SHARE));
        Fabric fabric =
                new Fabric(
                        surroundings,
                        new RealConnections(vertx, apiServerHost(), surroundings.executor()));
        KubeletPool pool =
                new KubeletPool(
                        surroundings,
                        config,
                        new MachineRuntime(
                                surroundings.clock(),
                                surroundings.executor(),
                                logs,
                                containers,
                                fabric),
                        volumes,
                        fabric);
        KubeletEndpoints kubelets = new KubeletEndpoints(surroundings.executor());
        pool.serve(kubelets);
        AgentPort port =
                new AgentPort(
                        ConfigProvider.getConfig(),
                        new Insides(logs, containers, fabric, kubelets, surroundings.executor()));
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

    private static String apiServerHost() {
        String address =
                ConfigProvider.getConfig()
                        .getOptionalValue("orrery.api-server.grpc-address", String.class)
                        .orElse("127.0.0.1:6444");
        return address.substring(0, address.lastIndexOf(':'));
    }
}
