package dev.orrery.launcher.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orrery.launcher.pki.Pki;
import dev.orrery.launcher.pki.PkiException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks the cluster's own endpoints. JDK's plain connection: the launcher is a short process, and
 * anything larger would take longer to load than to use.
 */
public final class ApiClient {

    private static final int TIMEOUT_MILLIS = 2000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;

    /** One for all connections: by it the JDK knows those that it can use again. */
    private final SSLSocketFactory tls;

    public ApiClient(Cluster cluster) throws PkiException {
        this.cluster = cluster;
        this.tls = new Pki(cluster.pki()).clientContext("admin").getSocketFactory();
    }

    /**
     * Reads from the api-server as the administrator.
     *
     * @throws IOException if there is no answer, or another than 200
     */
    public JsonNode get(String path) throws IOException {
        return read(open(cluster.url() + path));
    }

    /** Sends an object to the api-server as the administrator. */
    public JsonNode send(String method, String path, String json) throws IOException {
        HttpURLConnection connection = open(cluster.url() + path);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        return read(connection);
    }

    /** What a service says of itself. */
    public JsonNode status(Service service) throws IOException {
        return service == Service.API_SERVER
                ? get("/status")
                : read(open("http://127.0.0.1:" + cluster.ports().of(service) + "/status"));
    }

    /** Whether a service says that it is ready to work. */
    public boolean isReady(Service service) {
        try {
            String address =
                    service == Service.API_SERVER
                            ? cluster.url()
                            : "http://127.0.0.1:" + cluster.ports().of(service);
            HttpURLConnection connection = open(address + "/readyz");
            boolean ready = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            // Read to the end, a connection serves the next question too: without a new handshake.
            try (InputStream in =
                    ready ? connection.getInputStream() : connection.getErrorStream()) {
                if (in != null) {
                    in.readAllBytes();
                }
            }
            return ready;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpURLConnection open(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Accept", "application/json");
        if (connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(tls);
        }
        return connection;
    }

    private static JsonNode read(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return JSON.readTree(in);
        }
    }
}
