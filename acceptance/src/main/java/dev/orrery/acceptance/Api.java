package dev.orrery.acceptance;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A light client over HTTP/2 and TLS: it shares the cores with what it measures. */
public final class Api implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final long PATIENCE_SECONDS = 120;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;

    public Api(RunningCluster cluster) {
        Path pki = cluster.data().resolve("pki");
        HttpClientOptions options =
                new HttpClientOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2MaxPoolSize(CONNECTIONS)
                        .setTrustOptions(
                                new PemTrustOptions().addCertPath(pki.resolve("ca.crt").toString()))
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertPath(pki.resolve("admin.crt").toString())
                                        .addKeyPath(pki.resolve("admin.key").toString()))
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(cluster.port());
        this.client = vertx.createHttpClient(options);
    }

    /** Sends one request; the stage fails for any answer but 2xx. */
    public Future<Buffer> send(HttpMethod method, String path, String contentType, Buffer body) {
        return client.request(method, path)
                .compose(request -> request.putHeader("Content-Type", contentType).send(body))
                .compose(Api::bodyOfSuccess);
    }

    public Future<Buffer> post(String path, String json) {
        return send(HttpMethod.POST, path, "application/json", Buffer.buffer(json));
    }

    public Future<Buffer> get(String path) {
        return client.request(HttpMethod.GET, path)
                .compose(HttpClientRequest::send)
                .compose(Api::bodyOfSuccess);
    }

    /** Opens a watch; completes when it is open. Each chunk of the stream goes to the reader. */
    public Future<Void> watch(String path, Consumer<Buffer> reader) {
        return client.request(HttpMethod.GET, path)
                .compose(HttpClientRequest::send)
                .map(response -> {
                    response.handler(reader::accept);
                    return null;
                });
    }

    /** Waits for an answer. */
    public static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Future<Buffer> bodyOfSuccess(HttpClientResponse response) {
        return response.body()
                .compose(body ->
                        response.statusCode() / 100 == 2
                                ? Future.succeededFuture(body)
                                : Future.failedFuture(response.statusCode() + ": " + body));
    }

    @Override
    public void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
