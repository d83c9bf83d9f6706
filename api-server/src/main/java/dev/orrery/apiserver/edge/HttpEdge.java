package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.authentication.Authenticator;
import dev.orrery.apiserver.authentication.Impersonation;
import dev.orrery.apiserver.http.Answer;
import dev.orrery.apiserver.http.HttpApi;
import dev.orrery.apiserver.http.HttpRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.user.User;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 and HTTP/2 to the core and back, on the event loops: nothing here waits. Every request
 * is answered by the core, also the ones that are wrong.
 */
public final class HttpEdge {

    /** Kubernetes' own limit of what is read of a body. */
    static final int MAX_BODY_BYTES = 3 << 20;

    private static final String BEARER = "Bearer ";
    private static final byte[] NO_BODY = {};

    private final Vertx vertx;
    private final Supplier<@Nullable Authenticator> authenticator;
    private final Supplier<@Nullable HttpApi> api;

    /**
     * @param api null while the core is starting
     */
    public HttpEdge(
            Vertx vertx,
            Supplier<@Nullable Authenticator> authenticator,
            Supplier<@Nullable HttpApi> api) {
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.api = api;
    }

    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Context context = vertx.getOrCreateContext();
        request.response().exceptionHandler(_ -> {}); // a client that goes away is no failure
        request.exceptionHandler(_ -> {});
        switch (request.method().name()) {
            case "GET", "HEAD" -> dispatch(request, context, NO_BODY);
            default -> withBody(request, context);
        }
    }

    private void withBody(HttpServerRequest request, Context context) {
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= MAX_BODY_BYTES) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(_ -> {
            if (body.length() > MAX_BODY_BYTES) {
                send(
                        request,
                        Answers.refusal(
                                Refusals.tooLarge(
                                        "Request entity too large: limit is " + MAX_BODY_BYTES)));
            } else {
                dispatch(request, context, body.getBytes());
            }
        });
        request.resume();
    }

    private void dispatch(HttpServerRequest request, Context context, byte[] body) {
        HttpApi ready = api.get();
        if (ready == null) {
            send(request, Answers.refusal(Refusals.unavailable("the api-server is starting", 1)));
            return;
        }
        HttpRequest asked;
        try {
            asked = read(request, body);
        } catch (RuntimeException e) {
            send(request, Answers.refusal(Failures.of(e)));
            return;
        }
        ready.handle(asked).thenAccept(answer -> on(context, () -> send(request, context, answer)));
    }

    private HttpRequest read(HttpServerRequest request, byte[] body) {
        MultiMap headers = request.headers();
        return new HttpRequest(
                request.method().name(),
                text(request.path()),
                query(request.params()),
                text(headers.get("Accept")),
                text(headers.get("Content-Type")),
                text(headers.get("User-Agent")),
                text(headers.get("traceparent")),
                text(headers.get("If-None-Match")),
                body,
                Impersonation.of(
                        user(request, headers),
                        text(headers.get("Impersonate-User")),
                        headers.getAll("Impersonate-Group"),
                        text(headers.get("Impersonate-Uid"))));
    }

    private User user(HttpServerRequest request, MultiMap headers) {
        String authorization = text(headers.get("Authorization"));
        if (!authorization.startsWith(BEARER)) {
            return Users.of(request.sslSession());
        }
        Authenticator tokens = authenticator.get();
        if (tokens == null) {
            throw Refusals.unauthorized();
        }
        return tokens.bearer(authorization.substring(BEARER.length()).strip());
    }

    private static Map<String, String> query(MultiMap params) {
        if (params.isEmpty()) {
            return Map.of();
        }
        Map<String, String> query = new HashMap<>();
        params.forEach(query::putIfAbsent);
        return query;
    }

    private static String text(@Nullable String header) {
        return header == null ? "" : header;
    }

    private static void on(Context context, Runnable task) {
        if (context.equals(Vertx.currentContext())) {
            task.run();
        } else {
            context.runOnContext(_ -> task.run());
        }
    }

    private static void send(HttpServerRequest request, Context context, Answer answer) {
        switch (answer) {
            case Answer.Whole(ApiResponse response) -> send(request, response);
            case Answer.Streaming streaming ->
                    new Streamed(request.response(), streaming.lines(), context)
                            .start(streaming.contentType());
        }
    }

    private static void send(HttpServerRequest request, ApiResponse answer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.code());
        response.putHeader("Content-Type", answer.contentType());
        response.putHeader("Cache-Control", "no-cache, private");
        for (String warning : answer.warnings()) {
            response.headers().add("Warning", "299 - \"" + escaped(warning) + '"');
        }
        answer.headers().forEach(response::putHeader);
        if (request.method().name().equals("HEAD")) {
            response.putHeader("Content-Length", Integer.toString(answer.body().length));
            response.end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }

    /** As the inside of a quoted string of a header. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\');
            }
            escaped.append(c < ' ' || c == 127 ? ' ' : c);
        }
        return escaped.toString();
    }
}
