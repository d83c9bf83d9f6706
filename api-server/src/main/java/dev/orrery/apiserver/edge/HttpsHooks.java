package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookCall;
import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.hook.HookException;
import dev.orrery.apiserver.hook.HookTarget;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls webhooks on the event loops. There is one client for each set of authorities that is
 * trusted; connections are kept for a while.
 */
public final class HttpsHooks implements HookClient {

    /** Authorities in use at a time are few: a cluster's own, and one for each webhook's maker. */
    private static final int MAX_CLIENTS = 50;

    /** To one webhook; more calls wait for one of these. */
    private static final int MAX_CONNECTIONS = 50;

    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final Map<Trust, HttpClient> clients = new LinkedHashMap<>(16, 0.75f, true);

    public HttpsHooks(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A key by content. */
    @SuppressWarnings("ArrayRecordComponent") // compared as its methods say
    private record Trust(byte[] authorities) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Trust(byte[] others) && Arrays.equals(authorities, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(authorities);
        }
    }

    @Override
    public CompletionStage<HookAnswer> post(HookCall call) {
        CompletableFuture<HookAnswer> answer = new CompletableFuture<>();
        long timer =
                vertx.setTimer(
                        call.timeout().toMillis(),
                        _ ->
                                answer.completeExceptionally(
                                        new HookException(call, "context deadline exceeded")));
        CompletionStage<HookAnswer> answered =
                answer.whenComplete((_, _) -> vertx.cancelTimer(timer));
        try {
            client(call.target())
                    .request(options(call.target(), call))
                    .onFailure(failure -> fail(answer, call, failure))
                    .onSuccess(request -> send(request, call, answer));
        } catch (RuntimeException e) {
            fail(answer, call, e);
        }
        return answered;
    }

    private static RequestOptions options(HookTarget target, HookCall call) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(target.port(), target.host()))
                .setHost(target.serverName())
                .setPort(target.port())
                .setSsl(true)
                .setURI(target.path() + "?timeout=" + call.timeout().toSeconds() + "s")
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json, */*")
                .putHeader("User-Agent", "kube-apiserver-admission");
    }

    private static void send(
            HttpClientRequest request, HookCall call, CompletableFuture<HookAnswer> answer) {
        var _ =
                answer.whenComplete((_, failure) -> {
                    if (failure != null) {
                        request.reset();
                    }
                });
        request.send(Buffer.buffer(call.body()))
                .onFailure(failure -> fail(answer, call, failure))
                .onSuccess(response -> read(response, call, answer));
    }

    private static void read(
            HttpClientResponse response, HookCall call, CompletableFuture<HookAnswer> answer) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(failure -> fail(answer, call, failure));
        response.handler(part -> {
            if (body.length() + part.length() > HookCall.MAX_ANSWER_BYTES) {
                answer.completeExceptionally(
                        new HookException(call, "webhook response exceeds the size limit"));
            } else {
                body.appendBuffer(part);
            }
        });
        response.endHandler(
                _ -> answer.complete(new HookAnswer(response.statusCode(), body.getBytes())));
    }

    private static void fail(
            CompletableFuture<HookAnswer> answer, HookCall call, Throwable failure) {
        answer.completeExceptionally(
                new HookException(call, NetworkFaults.text(call.target(), failure)));
    }

    private HttpClient client(HookTarget target) {
        synchronized (clients) {
            HttpClient client =
                    clients.computeIfAbsent(new Trust(target.authorities()), this::make);
            if (clients.size() > MAX_CLIENTS) {
                Trust eldest = clients.keySet().iterator().next();
                HttpClient gone = clients.remove(eldest);
                if (gone != null) {
                    gone.close();
                }
            }
            return client;
        }
    }

    private HttpClient make(Trust trust) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setSsl(true)
                        .setVerifyHost(true)
                        .setForceSni(true)
                        .setMaxPoolSize(MAX_CONNECTIONS)
                        .setKeepAliveTimeout(IDLE_SECONDS);
        if (trust.authorities().length > 0) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(trust.authorities())));
        }
        return vertx.createHttpClient(options);
    }
}
