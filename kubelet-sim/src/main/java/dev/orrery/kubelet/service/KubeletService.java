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
import dev.orrery.machinery.lease.SlotClaim;
import dev.orrery.userland.file.Allowance;
import io.quarkus.runtime.Quarkus;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
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
        SlotClaim pool = settings.claimsPool() ? claim(surroundings) : null;
        int number = pool == null ? settings.poolNumber() : pool.await();
        KubeletConfig usual = settings.kubelets();
        KubeletConfig config = usual.withPlace(number * usual.nodes(), settings.advertisedAgent());
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
        KubeletPool kubelets =
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
        KubeletEndpoints endpoints = new KubeletEndpoints(surroundings.executor());
        kubelets.serve(endpoints);
        AgentPort port =
                new AgentPort(
                        ConfigProvider.getConfig(),
                        new Insides(
                                logs,
                                containers,
                                fabric,
                                endpoints,
                                kubelets.usages(),
                                surroundings.executor()));
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

    private static String apiServerHost() {
        String address =
                ConfigProvider.getConfig()
                        .getOptionalValue("orrery.api-server.grpc-address", String.class)
                        .orElse("127.0.0.1:6444");
        return address.substring(0, address.lastIndexOf(':'));
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
