package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.answer.Outflow;
import dev.orrery.apiserver.authentication.Authenticator;
import dev.orrery.apiserver.http.Answer;
import dev.orrery.apiserver.http.HttpApi;
import dev.orrery.apiserver.http.HttpRequest;
import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
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

    /** The answer to a request whose body, if there is one, is nobody's concern. */
    Uni<Response> withoutBody(HttpServerRequest request) {
        request.exceptionHandler(_ -> {}); // a client that goes away is no failure
        return dispatch(request, vertx.getOrCreateContext(), NO_BODY);
    }

    /** The answer to a request, after its body has been read. */
    Uni<Response> withBody(HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        return body(request)
                .chain(body ->
                        body.length() > MAX_BODY_BYTES
                                ? answer(
                                        request,
                                        Refusals.tooLarge(
                                                "Request entity too large: limit is "
                                                        + MAX_BODY_BYTES))
                                : dispatch(request, context, body.getBytes()));
    }

    /** Longer than the limit if it was; but never by much. */
    private static Uni<Buffer> body(HttpServerRequest request) {
        return Uni.createFrom()
                .emitter(emitter -> {
                    Buffer body = Buffer.buffer();
                    request.exceptionHandler(_ -> {});
                    request.handler(part -> {
                        if (body.length() <= MAX_BODY_BYTES) {
                            body.appendBuffer(part);
                        }
                    });
                    request.endHandler(_ -> emitter.complete(body));
                    request.resume();
                });
    }

    private Uni<Response> dispatch(HttpServerRequest request, Context context, byte[] body) {
        request.response().exceptionHandler(_ -> {});
        HttpApi ready = api.get();
        if (ready == null) {
            return answer(request, Refusals.unavailable("the api-server is starting", 1));
        }
        HttpRequest asked;
        try {
            asked = read(request, body);
        } catch (RuntimeException e) {
            return answer(request, Failures.of(e));
        }
        return Uni.createFrom()
                .completionStage(ready.handle(asked))
                .map(answer -> response(request, context, answer));
    }

    /** What a request is joined to that takes its connection over. */
    CompletionStage<Connect> connect(HttpRequest request) {
        return api().connect(request);
    }

    /** Null while the core is starting. */
    @Nullable HttpApi apiIfReady() {
        return api.get();
    }

    /** Refuses while the core is starting. */
    HttpApi api() {
        HttpApi ready = api.get();
        if (ready == null) {
            throw Refusals.unavailable("the api-server is starting", 1);
        }
        return ready;
    }

    HttpRequest read(HttpServerRequest request, byte[] body) {
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
                user(request, headers));
    }

    private User user(HttpServerRequest request, MultiMap headers) {
        Authenticator known = authenticator.get();
        if (known == null) {
            throw Refusals.unavailable("the api-server is starting", 1);
        }
        return known.effective(caller(request, headers, known), ImpersonationHeaders.of(headers));
    }

    /** As in Kubernetes a certificate comes first: a token beside it is not looked at. */
    private static User caller(HttpServerRequest request, MultiMap headers, Authenticator known) {
        User certified = Users.of(request.sslSession());
        String authorization = text(headers.get("Authorization"));
        return certified.isAnonymous() && authorization.startsWith(BEARER)
                ? known.bearer(authorization.substring(BEARER.length()).strip())
                : certified;
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

    private static Uni<Response> answer(HttpServerRequest request, StatusException refusal) {
        return Uni.createFrom().item(whole(request, Answers.refusal(refusal)));
    }

    private static Response response(HttpServerRequest request, Context context, Answer answer) {
        return switch (answer) {
            case Answer.Whole(ApiResponse response) -> whole(request, response);
            case Answer.Streaming(Outflow lines, String contentType) ->
                    Responses.of(new Streamed(request.response(), lines, context), contentType);
        };
    }

    private static Response whole(HttpServerRequest request, ApiResponse answer) {
        return request.method().name().equals("HEAD")
                ? Responses.withoutBody(answer)
                : Responses.of(answer);
    }
}
