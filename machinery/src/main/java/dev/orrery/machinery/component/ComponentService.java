package dev.orrery.machinery.component;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ties a component to the life of its Quarkus application: a service only produces a {@link
 * Component} bean, made with {@link Services#component}. An application that produces none (the
 * api-server) is left alone.
 */
@Singleton
public class ComponentService {

    /** What giving back the lease may take; if the api-server has gone too, the lease expires. */
    private static final long STOP_MILLIS = 2000;

    private final Instance<Component> component;

    private final boolean writesJson;
    private final String service;

    ComponentService(
            Instance<Component> component,
            @ConfigProperty(name = "orrery.log.format", defaultValue = "text") String format,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.component = component;
        this.writesJson = format.equals("json");
        this.service = service;
    }

    void start(@Observes StartupEvent event) {
        if (writesJson) {
            JsonLines.use(service);
        }
        if (component.isResolvable()) {
            component.get().start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (component.isResolvable()) {
            component
                    .get()
                    .stop()
                    .toCompletableFuture()
                    .completeOnTimeout(null, STOP_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    void routes(@Observes Router router) {
        if (component.isResolvable()) {
            new HealthRoutes(component.get()).register(router);
        }
    }
}
