package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.http.HttpApi;
import dev.orrery.apiserver.node.Connect;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Takes what other API servers answer for out of the ordinary requests, and passes it on. */
@Singleton
public final class DelegateRoute {

    private static final String VERSIONS = "/(openapi/v3/)?apis/[^/]+/[^/]+(/.*)?";
    private static final int BEFORE_ALL_OTHERS = -950;
    private static final byte[] NO_BODY = {};

    private final HttpEdge edge;
    private final Vertx vertx;
    private final Instance<NodeChannel> nodes;
    private final Instance<ClientTls> tls;

    DelegateRoute(
            HttpEdge edge, Vertx vertx, Instance<NodeChannel> nodes, Instance<ClientTls> tls) {
        this.edge = edge;
        this.vertx = vertx;
        this.nodes = nodes;
        this.tls = tls;
    }

    void register(@Observes Router router) {
        router.routeWithRegex(VERSIONS).order(BEFORE_ALL_OTHERS).handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        @Nullable HttpApi api = edge.apiIfReady();
        if (api == null || !api.isDelegated(String.valueOf(request.path()))) {
            routing.next();
            return;
        }
        Context context = vertx.getOrCreateContext();
        request.pause();
        try {
            Connect.Delegated delegate = api.delegate(edge.read(request, NO_BODY));
            new ProxyExchange(
                            request,
                            Onward.to(delegate, request),
                            task -> context.runOnContext(_ -> task.run()),
                            nodes.get(),
                            tls.get())
                    .begin();
        } catch (RuntimeException e) {
            ConnectRoute.refuse(request, e);
        }
    }
}
