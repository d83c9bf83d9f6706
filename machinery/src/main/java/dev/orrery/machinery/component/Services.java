package dev.orrery.machinery.component;

import dev.orrery.machinery.time.WallClock;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes components that live in the real world: Kafka, gRPC, wall time and virtual threads. */
public final class Services {

    private Services() {}

    /**
     * The component of a Quarkus application, configured by its properties.
     *
     * @param service {@code scheduler}
     * @param kubernetesName {@code kube-scheduler}
     */
    public static Component component(String service, String kubernetesName, Core.Factory cores) {
        Config properties = ConfigProvider.getConfig();
        ComponentConfig config =
                ComponentConfig.read(
                        service,
                        kubernetesName,
                        name -> properties.getOptionalValue(name, String.class));
        return component(config, cores);
    }

    public static Component component(ComponentConfig config, Core.Factory cores) {
        return new Component(
                config,
                cores,
                new World(),
                new WallClock(),
                Executors.newVirtualThreadPerTaskExecutor(),
                () -> Quarkus.asyncExit(1));
    }
}
