package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.http.HttpRequest;
import dev.orrery.apiserver.node.PodExec;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.proto.ExecStart;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Takes {@code pods/exec} out of the ordinary requests: after a WebSocket handshake the connection
 * belongs to the command. What is wrong is answered before the handshake.
 */
@Singleton
public final class ExecRoute implements HttpServerOptionsCustomizer {

    /** Kubernetes' remote command protocols; the later one can say that the input is at its end. */
    private static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

    private static final String PATH = "/api/v1/namespaces/[^/]+/pods/[^/]+/exec";
    private static final int BEFORE_ALL_OTHERS = -1000;
    private static final byte[] NO_BODY = {};

    private final HttpEdge edge;
    private final Vertx vertx;
    private final Instance<NodeChannel> nodes;

    ExecRoute(HttpEdge edge, Vertx vertx, Instance<NodeChannel> nodes) {
        this.edge = edge;
        this.vertx = vertx;
        this.nodes = nodes;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        PROTOCOLS.forEach(options::addWebSocketSubProtocol);
    }

    void register(@Observes Router router) {
        router.routeWithRegex(PATH).order(BEFORE_ALL_OTHERS).handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Context context = vertx.getOrCreateContext();
        request.pause();
        try {
            HttpRequest asked = edge.read(request, NO_BODY);
            edge.run(asked)
                    .whenComplete((run, failure) ->
                            context.runOnContext(_ -> {
                                if (failure == null) {
                                    accept(request, run, context);
                                } else {
                                    refuse(request, failure);
                                }
                            }));
        } catch (RuntimeException e) {
            refuse(request, e);
        }
    }

    private static void refuse(HttpServerRequest request, Throwable failure) {
        ApiResponse answer = Answers.refusal(Failures.of(failure));
        request.response()
                .setStatusCode(answer.code())
                .putHeader("Content-Type", answer.contentType())
                .end(Buffer.buffer(answer.body()));
        request.resume();
    }

    private void accept(HttpServerRequest request, PodExec.Run run, Context context) {
        String protocols = String.valueOf(request.getHeader("Sec-WebSocket-Protocol"));
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            refuse(request, Refusals.badRequest("Upgrade request required"));
            return;
        }
        if (PROTOCOLS.stream().noneMatch(protocols::contains)) {
            refuse(request, Refusals.badRequest("unable to negotiate protocol: " + protocols));
            return;
        }
        ExecStart start =
                ExecStart.newBuilder()
                        .setContainerId(run.containerId())
                        .addAllCommand(request.params().getAll("command"))
                        .setStdin(flag(request, "stdin"))
                        .setTty(flag(request, "tty"))
                        .build();
        request.toWebSocket().onSuccess(socket -> join(socket, run.node(), start, context));
    }

    private void join(ServerWebSocket socket, String node, ExecStart start, Context context) {
        ExecSocket joined = new ExecSocket(socket, context);
        joined.begin();
        nodes.get().exec(node, start, joined);
    }

    private static boolean flag(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value != null && !value.equals("false") && !value.equals("0");
    }
}
