package dev.orrery.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.policy.DefaultPolicy;
import dev.orrery.apiserver.policy.Reconciliation;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes what every cluster has from its first moment, where it is missing: the system's namespaces
 * and priority classes, the Services of the API itself and of names, and the default policy, of
 * which what somebody took away comes back. Idempotent; any other object that is there stays as it
 * is.
 */
final class Bootstrap {

    private static final User SELF = User.of("system:apiserver", List.of("system:masters"));
    private static final String AGENT = "kube-apiserver";
    private static final String OBJECTS = "bootstrap.json";
    private static final String FLOW_CONTROL = "flowcontrol.json";
    private static final String DNS = "dns.json";

    private final ApiServer server;
    private final DefaultPolicy policy;
    private final String address;
    private final String authority;

    Bootstrap(ApiServer server, DefaultPolicy policy, ApiServerConfig config) {
        this.server = server;
        this.policy = policy;
        this.address = config.address();
        this.authority = config.authority();
    }

    CompletionStage<Void> run() {
        CompletionStage<?> done = CompletableFuture.completedStage(null);
        for (JsonNode object : objects(OBJECTS)) {
            done = done.thenCompose(_ -> create(object));
        }
        return done.thenCompose(_ -> independent());
    }

    /** What needs nothing but the namespaces: these objects do not wait for each other. */
    private CompletionStage<Void> independent() {
        ClusterState state = server.registry().current();
        List<CompletableFuture<?>> writes = new ArrayList<>();
        for (ObjectNode object : policy.objects()) {
            writes.add(reconcile(state, object).toCompletableFuture());
        }
        for (JsonNode object : objects(FLOW_CONTROL)) {
            if (state.get(kind(object).key("", name(object))) == null) {
                writes.add(create(object).toCompletableFuture());
            }
        }
        for (JsonNode service : objects(DNS)) {
            if (isFree(state, service.path("spec").path("clusterIP").asText())) {
                writes.add(create(service).toCompletableFuture());
            }
        }
        if (!authority.isEmpty()) {
            writes.add(tell(state, FrontProxy.authentication(authority)).toCompletableFuture());
        }
        return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
    }

    /** In a cluster that began without this Service, somebody else may have its address. */
    private boolean isFree(ClusterState state, String address) {
        Kind kind = server.kinds().named("networking.k8s.io", "v1", "IPAddress");
        return kind != null && state.get(kind.key("", address)) == null;
    }

    private CompletionStage<Void> tell(ClusterState state, ObjectNode map) {
        Stored current = state.get(kind(map).key(namespace(map), name(map)));
        if (current == null) {
            return create(map);
        }
        boolean same = Trees.read(current.value()).path("data").equals(map.path("data"));
        return same
                ? CompletableFuture.completedStage(null)
                : send(Verb.UPDATE, map, name(map), 200);
    }

    private CompletionStage<Void> reconcile(ClusterState state, ObjectNode wanted) {
        Stored current = state.get(kind(wanted).key(namespace(wanted), name(wanted)));
        if (current == null) {
            return create(wanted);
        }
        return switch (Reconciliation.of(Trees.read(current.value()), wanted)) {
            case Reconciliation.Nothing _ -> CompletableFuture.completedStage(null);
            case Reconciliation.Update(ObjectNode object) ->
                    send(Verb.UPDATE, object, name(object), 200);
            case Reconciliation.Replace(ObjectNode object) ->
                    send(Verb.DELETE, object, name(object), 200).thenCompose(_ -> create(object));
        };
    }

    private JsonNode objects(String file) {
        int colon = address.lastIndexOf(':');
        try (InputStream in = Bootstrap.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file);
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
        return send(Verb.CREATE, object, "", 201);
    }

    private CompletionStage<Void> send(Verb verb, JsonNode object, String name, int success) {
        Kind kind = kind(object);
        Call call =
                new Call(
                        verb,
                        kind.group(),
                        kind.version(),
                        kind.plural(),
                        "",
                        namespace(object),
                        name,
                        verb == Verb.DELETE ? new byte[0] : Trees.write(object),
                        "application/json",
                        Map.of(),
                        "",
                        Origin.UNKNOWN);
        return server.call(call, SELF, AGENT).thenAccept(response -> check(response, success));
    }

    private static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText("");
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    private Kind kind(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        Kind kind = server.kinds().named(group, version, object.path("kind").asText());
        if (kind == null) {
            throw new IllegalStateException("no such kind: " + object.path("kind"));
        }
        return kind;
    }

    /** No endpoint may lie on the loopback, so a server that does is seen under another address. */
    private static String advertised(String host) {
        boolean outside =
                !host.startsWith("127.") && !host.equals("0.0.0.0") && host.matches("[0-9.]+");
        return outside ? host : "10.0.0.1";
    }

    /** Another api-server may have been first. */
    private static void check(ApiResponse response, int success) {
        if (response.code() != success && response.code() != 409) {
            throw new IllegalStateException(
                    "cannot make what every cluster has: "
                            + new String(response.body(), StandardCharsets.UTF_8));
        }
    }
}
