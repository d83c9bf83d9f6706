package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.edge.stream.ChannelCommand;
import dev.orrery.apiserver.edge.stream.ChannelCommand.Dialect;
import dev.orrery.apiserver.edge.stream.ChannelPorts;
import dev.orrery.apiserver.edge.stream.CommandCall;
import dev.orrery.apiserver.edge.stream.Link;
import dev.orrery.apiserver.edge.stream.PortForward;
import dev.orrery.apiserver.edge.stream.RemoteCommand;
import dev.orrery.apiserver.edge.stream.SpdyCommand;
import dev.orrery.apiserver.edge.stream.UpgradedLink;
import dev.orrery.apiserver.edge.stream.WebSocketLink;
import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.proto.ExecStart;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@code exec}, {@code attach}, {@code portforward} and {@code proxy} out of the ordinary
 * requests: what they are joined to has the connection, or its body, from then on. What is wrong is
 * answered before any handshake.
 */
@Singleton
public final class ConnectRoute implements HttpServerOptionsCustomizer {

    private static final String CHANNELS = "v4.channel.k8s.io";

    /** Kubernetes' remote command protocols; the later one can say that the input is at its end. */
    private static final List<String> COMMAND =
            List.of(
                    "v5.channel.k8s.io",
                    CHANNELS,
                    "v4.base64.channel.k8s.io",
                    "channel.k8s.io",
                    "base64.channel.k8s.io");

    /** A client that names none speaks as the first of them did. */
    private static final String UNNAMED = "";

    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    private static final String PORTS = "portforward.k8s.io";
    private static final String SPDY = "SPDY/3.1";
    private static final String TUNNELLED_PORTS = SPDY + "+" + PORTS;
    private static final String STREAMS =
            "/api/v1/namespaces/[^/]+/pods/[^/]+/(exec|attach|portforward)";
    private static final String PROXY =
            "/api/v1/(namespaces/[^/]+/(pods|services)|nodes)/[^/]+/proxy(/.*)?";
    private static final int BEFORE_ALL_OTHERS = -1000;
    private static final byte[] NO_BODY = {};

    private final HttpEdge edge;
    private final Vertx vertx;
    private final Instance<NodeChannel> nodes;
    private final Instance<ClientTls> tls;

    ConnectRoute(HttpEdge edge, Vertx vertx, Instance<NodeChannel> nodes, Instance<ClientTls> tls) {
        this.edge = edge;
        this.vertx = vertx;
        this.nodes = nodes;
        this.tls = tls;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        COMMAND.forEach(options::addWebSocketSubProtocol);
        options.addWebSocketSubProtocol(TUNNELLED_PORTS);
    }

    void register(@Observes Router router) {
        router.routeWithRegex(STREAMS).order(BEFORE_ALL_OTHERS).handler(this::handle);
        router.routeWithRegex(PROXY).order(BEFORE_ALL_OTHERS).handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Context context = vertx.getOrCreateContext();
        request.pause();
        try {
            edge.connect(edge.read(request, NO_BODY))
                    .whenComplete((to, failure) ->
                            context.runOnContext(_ -> {
                                if (failure == null) {
                                    join(
                                            request,
                                            to,
                                            task -> context.runOnContext(_ -> task.run()));
                                } else {
                                    refuse(request, failure);
                                }
                            }));
        } catch (RuntimeException e) {
            refuse(request, e);
        }
    }

    static void refuse(HttpServerRequest request, Throwable failure) {
        ApiResponse answer = Answers.refusal(Failures.of(failure));
        request.response()
                .setStatusCode(answer.code())
                .putHeader("Content-Type", answer.contentType())
                .putHeader("Cache-Control", "no-cache, private")
                .end(Buffer.buffer(answer.body()));
        request.resume();
    }

    private void join(HttpServerRequest request, Connect to, Executor loop) {
        switch (to) {
            case Connect.Container container -> command(request, container, loop);
            case Connect.Ports pod -> ports(request, pod, loop);
            case Connect.Server server -> proxy(request, server, loop);
            case Connect.Delegated _ ->
                    throw new IllegalStateException("it has a route of its own");
        }
    }

    private void proxy(HttpServerRequest request, Connect.Server server, Executor loop) {
        ProxyPath path = ProxyPath.of(String.valueOf(request.path()));
        String method = request.method().name();
        if (path.rest().isEmpty() && (method.equals("GET") || method.equals("HEAD"))) {
            request.response()
                    .setStatusCode(301)
                    .putHeader("Location", path.prefix() + "/" + Onward.query(request))
                    .end();
            request.resume();
        } else {
            new ProxyExchange(request, Onward.to(server, request), loop, nodes.get(), tls.get())
                    .begin();
        }
    }

    private void ports(HttpServerRequest request, Connect.Ports pod, Executor loop) {
        List<String> offered = offered(request, PROTOCOL);
        boolean tunnelled = !offered.contains(CHANNELS) || offered.contains(TUNNELLED_PORTS);
        upgrade(
                request,
                List.of(TUNNELLED_PORTS, CHANNELS),
                PORTS,
                (link, _) -> {
                    if (tunnelled) {
                        new PortForward(link, loop, pod, nodes.get()).begin();
                    } else {
                        new ChannelPorts(link, loop, pod, nodes.get(), named(request)).begin();
                    }
                },
                link -> new PortForward(link, loop, pod, nodes.get()).begin());
    }

    private static List<Integer> named(HttpServerRequest request) {
        return request.params().getAll("ports").stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .toList();
    }

    private void command(HttpServerRequest request, Connect.Container container, Executor loop) {
        boolean stdin = flag(request, "stdin");
        boolean tty = flag(request, "tty");
        ExecStart start =
                ExecStart.newBuilder()
                        .setContainerId(container.containerId())
                        .setAttach(container.attach())
                        .addAllCommand(request.params().getAll("command"))
                        .setStdin(stdin)
                        .setTty(tty)
                        .build();
        upgrade(
                request,
                concat(COMMAND, UNNAMED),
                CHANNELS,
                (link, protocol) ->
                        run(
                                new ChannelCommand(link, Dialect.of(protocol)),
                                container.node(),
                                start,
                                loop),
                link ->
                        run(
                                new SpdyCommand(
                                        link,
                                        stdin,
                                        flag(request, "stdout"),
                                        flag(request, "stderr"),
                                        tty),
                                container.node(),
                                start,
                                loop));
    }

    private void run(RemoteCommand client, String node, ExecStart start, Executor loop) {
        new CommandCall(client, loop, call -> nodes.get().exec(node, start, call)).begin();
    }

    /**
     * @param messages the protocols that are spoken over a WebSocket
     * @param stream the one that is spoken over bare SPDY
     */
    private static void upgrade(
            HttpServerRequest request,
            List<String> messages,
            String stream,
            BiConsumer<Link, @Nullable String> overWebSocket,
            Consumer<Link> overSpdy) {
        String upgrade = String.valueOf(request.getHeader(HttpHeaders.UPGRADE));
        if (upgrade.equalsIgnoreCase("websocket")) {
            List<String> offered = offered(request, PROTOCOL);
            boolean unnamed = offered.isEmpty() && messages.contains(UNNAMED);
            if (!unnamed && messages.stream().noneMatch(offered::contains)) {
                refuse(request, disagreement(offered, messages));
                return;
            }
            request.toWebSocket()
                    .onSuccess(socket -> {
                        String protocol = socket.subProtocol();
                        boolean text = protocol != null && protocol.contains("base64.");
                        overWebSocket.accept(new WebSocketLink(socket, text), protocol);
                    });
        } else if (upgrade.equalsIgnoreCase(SPDY)) {
            List<String> offered = offered(request, "X-Stream-Protocol-Version");
            if (!offered.contains(stream)) {
                refuse(request, disagreement(offered, List.of(stream)));
                return;
            }
            overSpdy.accept(UpgradedLink.take(request, switched(stream)));
        } else {
            refuse(request, Refusals.badRequest("Upgrade request required"));
        }
    }

    private static List<String> concat(List<String> some, String last) {
        return Stream.concat(some.stream(), Stream.of(last)).toList();
    }

    private static String switched(String protocol) {
        return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: "
                + SPDY
                + "\r\nX-Stream-Protocol-Version: "
                + protocol
                + "\r\n\r\n";
    }

    private static List<String> offered(HttpServerRequest request, String header) {
        return request.headers().getAll(header).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
    }

    private static StatusException disagreement(List<String> offered, List<String> served) {
        return new StatusException(
                403,
                "Forbidden",
                "unable to upgrade: unable to negotiate protocol: client supports ["
                        + String.join(" ", offered)
                        + "], server accepts ["
                        + String.join(" ", served)
                        + "]",
                Details.NONE);
    }

    private static boolean flag(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value != null && !value.equals("false") && !value.equals("0");
    }
}
