package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.answer.Outflow;
import dev.orrery.apiserver.edge.MessageSocket.Form;
import dev.orrery.apiserver.http.Answer;
import dev.orrery.apiserver.http.HttpApi;
import dev.orrery.apiserver.http.HttpRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Failures;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes watches and logs that ask for a WebSocket out of the ordinary requests: every event, and
 * every piece of a log, is a message. What is wrong is answered before the handshake.
 */
@Singleton
public final class WatchRoute implements HttpServerOptionsCustomizer {

    private static final Pattern LOG = Pattern.compile("/api/v1/namespaces/[^/]+/pods/[^/]+/log");
    private static final String BINARY = "binary.k8s.io";
    private static final String BASE64 = "base64.binary.k8s.io";
    private static final int BEFORE_ALL_OTHERS = -900;
    private static final byte[] NO_BODY = {};

    private final HttpEdge edge;
    private final Vertx vertx;

    WatchRoute(HttpEdge edge, Vertx vertx) {
        this.edge = edge;
        this.vertx = vertx;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.addWebSocketSubProtocol(BINARY);
        options.addWebSocketSubProtocol(BASE64);
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        boolean asksForSocket =
                request.method().equals(HttpMethod.GET)
                        && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
        if (asksForSocket && (isWatch(request) || isLog(request))) {
            begin(request);
        } else {
            routing.next();
        }
    }

    private static boolean isWatch(HttpServerRequest request) {
        String watch = request.getParam("watch");
        return watch != null && !watch.equals("false") && !watch.equals("0");
    }

    private static boolean isLog(HttpServerRequest request) {
        return LOG.matcher(String.valueOf(request.path())).matches();
    }

    private void begin(HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        request.pause();
        try {
            HttpRequest asked = edge.read(request, NO_BODY);
            HttpApi api = edge.api();
            api.handle(asked)
                    .thenAccept(
                            answer -> context.runOnContext(_ -> answer(request, answer, context)));
        } catch (RuntimeException e) {
            refuse(request, Answers.refusal(Failures.of(e)));
        }
    }

    private static void answer(HttpServerRequest request, Answer answer, Context context) {
        switch (answer) {
            case Answer.Whole(ApiResponse response) -> refuse(request, response);
            case Answer.Streaming(var lines, String _) ->
                    request.toWebSocket()
                            .onSuccess(socket -> start(socket, request, lines, context))
                            .onFailure(_ -> lines.close());
        }
    }

    private static void start(
            ServerWebSocket socket, HttpServerRequest request, Outflow lines, Context context) {
        Form form = isLog(request) ? form(socket.subProtocol()) : Form.LINES;
        if (form != Form.LINES) {
            socket.writeBinaryMessage(Buffer.buffer()); // tells that it is open
        }
        new MessageSocket(socket, lines, form, context).start();
    }

    private static Form form(@Nullable String protocol) {
        return BASE64.equals(protocol) ? Form.BASE64 : Form.BYTES;
    }

    private static void refuse(HttpServerRequest request, ApiResponse answer) {
        request.response()
                .setStatusCode(answer.code())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .end(Buffer.buffer(answer.body()));
        request.resume();
    }
}
