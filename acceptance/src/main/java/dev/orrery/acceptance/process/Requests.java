package dev.orrery.acceptance.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Requests of the administrator, one after the other; nothing is sent again by itself. */
public final class Requests implements AutoCloseable {

    public static final ObjectMapper JSON = new ObjectMapper();

    /** A little more than the api-server takes to say that it does not know. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 50;

    private final HttpClient client;

    public Requests(Path pki) {
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .sslContext(Tls.administrator(pki))
                        .build();
    }

    public Reply get(ApiReplica server, String path) {
        return send(server, "GET", path, "application/json", "");
    }

    public Reply post(ApiReplica server, String path, String json) {
        return send(server, "POST", path, "application/json", json);
    }

    public Reply send(ApiReplica server, String method, String path, String type, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", type)
                        .header("Accept", "application/json")
                        .timeout(PATIENCE)
                        .build();
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Reply.Answer(
                    response.statusCode(),
                    text.startsWith("{") ? JSON.readTree(text) : MissingNode.getInstance());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Reply.Silence(false, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Reply.Silence(true, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Silence(true, "interrupted");
        }
    }

    /**
     * A stream of lines; the caller closes it.
     *
     * @throws IOException if it does not begin, or with another code than 200
     */
    public InputStream stream(ApiReplica server, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
        try {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException("answer " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    public void awaitReady(ApiReplica server, Duration patience) {
        await(() -> get(server, "/readyz").code() == 200, patience, server.program().name());
    }

    /** Waits until something is so; fails if it is not in time. */
    public static void await(BooleanSupplier condition, Duration patience, String what) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + patience + ": " + what);
            }
            pause(POLL_MILLIS);
        }
    }

    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
