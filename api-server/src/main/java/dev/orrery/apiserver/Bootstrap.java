package dev.orrery.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes what every cluster has from its first moment, where it is missing: the system's namespaces
 * and priority classes, and the Service that leads to the API itself. Idempotent; an object that is
 * there stays as it is.
 */
final class Bootstrap {

    private static final User SELF = User.of("system:apiserver", List.of("system:masters"));
    private static final String AGENT = "kube-apiserver";
    private static final String OBJECTS = "bootstrap.json";

    private final ApiServer server;
    private final String address;

    Bootstrap(ApiServer server, String address) {
        this.server = server;
        this.address = address;
    }

    CompletionStage<Void> run() {
        CompletionStage<?> done = CompletableFuture.completedStage(null);
        for (JsonNode object : objects()) {
            done = done.thenCompose(_ -> create(object));
        }
        return done.thenAccept(_ -> {});
    }

    private JsonNode objects() {
        int colon = address.lastIndexOf(':');
        try (InputStream in = Bootstrap.class.getResourceAsStream(OBJECTS)) {
            if (in == null) {
                throw new IllegalStateException("no " + OBJECTS);
            }
            String text =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replace(
                                    "\"$HOST\"",
                                    '"' + advertised(address.substring(0, colon)) + '"')
                            .replace("\"$PORT\"", address.substring(colon + 1));
            return Trees.read(text.getBytes(StandardCharsets.UTF_8)).path("items");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletionStage<Void> create(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        Call call =
                new Call(
                        Verb.CREATE,
                        group,
                        version,
                        plural(group, version, object.path("kind").asText()),
                        "",
                        object.path("metadata").path("namespace").asText(""),
                        "",
                        Trees.write(object),
                        "application/json",
                        Map.of(),
                        "",
                        Origin.UNKNOWN);
        return server.call(call, SELF, AGENT).thenAccept(Bootstrap::check);
    }

    /** No endpoint may lie on the loopback, so a server that does is seen under another address. */
    private static String advertised(String host) {
        boolean outside =
                !host.startsWith("127.") && !host.equals("0.0.0.0") && host.matches("[0-9.]+");
        return outside ? host : "10.0.0.1";
    }

    private String plural(String group, String version, String kind) {
        Kind row = server.kinds().named(group, version, kind);
        if (row == null) {
            throw new IllegalStateException("no such kind: " + kind);
        }
        return row.plural();
    }

    private static void check(ApiResponse response) {
        if (response.code() != 201 && response.code() != 409) {
            throw new IllegalStateException(
                    "cannot make what every cluster has: "
                            + new String(response.body(), StandardCharsets.UTF_8));
        }
    }
}
