package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.http.Answer;
import dev.orrery.apiserver.http.HttpApi;
import dev.orrery.apiserver.http.HttpRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Failures;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Takes watches that ask for a WebSocket out of the ordinary requests: every event is a message.
 * What is wrong is answered before the handshake.
 */
@Singleton
public final class WatchRoute {

    private static final int BEFORE_ALL_OTHERS = -900;
    private static final byte[] NO_BODY = {};

    private final HttpEdge edge;
    private final Vertx vertx;

    WatchRoute(HttpEdge edge, Vertx vertx) {
        this.edge = edge;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (isWatch(request)) {
            begin(request);
        } else {
            routing.next();
        }
    }

    private static boolean isWatch(HttpServerRequest request) {
        String watch = request.getParam("watch");
        return request.method().equals(HttpMethod.GET)
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                && watch != null
                && !watch.equals("false")
                && !watch.equals("0");
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
                            .onSuccess(socket -> new WatchSocket(socket, lines, context).start())
                            .onFailure(_ -> lines.close());
        }
    }

    private static void refuse(HttpServerRequest request, ApiResponse answer) {
        request.response()
                .setStatusCode(answer.code())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .end(Buffer.buffer(answer.body()));
        request.resume();
    }
}
