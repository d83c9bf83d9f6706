package dev.orrery.machinery.component;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * What a component answers over HTTP: {@code /healthz} while it lives, {@code /readyz} once its
 * informers hold the cluster's state, {@code /status} with the resourceVersion that it has read,
 * {@code /metrics} for Prometheus.
 */
public final class HealthRoutes {

    private final Component component;

    public HealthRoutes(Component component) {
        this.component = component;
    }

    public void register(Router router) {
        router.get("/healthz").handler(request -> request.end("ok"));
        router.get("/livez").handler(request -> request.end("ok"));
        router.get("/readyz").handler(this::readiness);
        router.get("/metrics").handler(this::metrics);
        router.get("/status").handler(this::status);
    }

    private void metrics(RoutingContext request) {
        request.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        request.end(component.metrics());
    }

    private void readiness(RoutingContext request) {
        if (component.isReady()) {
            request.end("ok");
        } else {
            request.response().setStatusCode(503);
            request.end("informers not synced");
        }
    }

    private void status(RoutingContext request) {
        JsonObject status =
                new JsonObject()
                        .put("service", component.config().service())
                        .put("ready", component.isReady())
                        .put("working", component.isWorking())
                        .put("applied", component.applied())
                        .put("pid", ProcessHandle.current().pid());
        JsonObject figures = new JsonObject();
        component.figures().forEach(figures::put);
        status.put("figures", figures);
        request.json(status);
    }
}
