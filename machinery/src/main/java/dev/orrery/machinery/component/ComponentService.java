package dev.orrery.machinery.component;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/**
 * Ties a component to the life of its Quarkus application: a service only produces a {@link
 * Component} bean, made with {@link Services#component}. An application that produces none (the
 * api-server) is left alone.
 */
@Singleton
public class ComponentService {

    private final Instance<Component> component;

    ComponentService(Instance<Component> component) {
        this.component = component;
    }

    void start(@Observes StartupEvent event) {
        if (component.isResolvable()) {
            component.get().start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (component.isResolvable()) {
            component.get().stop();
        }
    }

    void routes(@Observes Router router) {
        if (component.isResolvable()) {
            new HealthRoutes(component.get()).register(router);
        }
    }
}
