package dev.orrery.machinery.component;

import dev.orrery.machinery.time.WallClock;
import dev.orrery.machinery.trace.OtlpTracer;
import dev.orrery.machinery.trace.Tracer;
import io.quarkus.runtime.Quarkus;
import java.time.Duration;
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
                new WallClock(clockOffset()),
                Executors.newVirtualThreadPerTaskExecutor(),
                tracer(config.service()),
                () -> Quarkus.asyncExit(1));
    }

    /** Sends traces where OpenTelemetry's own variable says; nowhere, if it says nothing. */
    public static Tracer tracer(String service) {
        return ConfigProvider.getConfig()
                .getOptionalValue("otel.exporter.otlp.endpoint", String.class)
                .<Tracer>map(endpoint -> new OtlpTracer(service, endpoint))
                .orElse(Tracer.NONE);
    }

    private static Duration clockOffset() {
        return ConfigProvider.getConfig()
                .getOptionalValue("orrery.clock.offset", String.class)
                .map(Duration::parse)
                .orElse(Duration.ZERO);
    }
}
