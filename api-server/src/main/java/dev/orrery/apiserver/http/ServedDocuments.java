package dev.orrery.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.ApiServer;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.token.KeySet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** All that is served besides resources, by the first segment of its path. */
public final class ServedDocuments implements Documents {

    private final ApiServer server;
    private final DiscoveryDocuments discovery;
    private final OpenApiDocuments openApi;
    private final String address;
    private final long processId;

    public ServedDocuments(ApiServer server, String address, long processId) {
        this.server = server;
        this.discovery = new DiscoveryDocuments(server.kinds(), server.delegates(), address);
        this.openApi = new OpenApiDocuments(server.kinds(), server.delegates());
        this.address = address;
        this.processId = processId;
    }

    @Override
    public CompletionStage<ApiResponse> get(HttpRequest request, List<String> segments) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw segments.isEmpty() ? Refusals.noSuchPath() : Refusals.methodNotAllowed();
        }
        if (Health.isPath(request.path())) {
            return Health.check(server, request, segments);
        }
        if (request.path().equals("/status")) {
            return status();
        }
        return CompletableFuture.completedFuture(document(request, segments));
    }

    private ApiResponse document(HttpRequest request, List<String> segments) {
        ApiResponse found =
                switch (segments.isEmpty() ? "" : segments.getFirst()) {
                    case "" -> indented(index());
                    case "api", "apis" -> discovery.get(request, segments);
                    case "openapi" -> openApi.get(request, segments);
                    case "version" -> segments.size() == 1 ? indented(Version.document()) : null;
                    case ".well-known" -> issuer(segments);
                    case "openid" -> keys(segments);
                    case "metrics" -> segments.size() == 1 ? metrics() : null;
                    default -> null;
                };
        if (found == null) {
            throw Refusals.noSuchPath();
        }
        return found;
    }

    private @Nullable ApiResponse issuer(List<String> segments) {
        KeySet keys = server.keys();
        boolean asked = segments.equals(List.of(".well-known", "openid-configuration"));
        return keys != null && asked ? json(keys.configuration(address)) : null;
    }

    private @Nullable ApiResponse keys(List<String> segments) {
        KeySet keys = server.keys();
        if (keys == null || !segments.equals(List.of("openid", "v1", "jwks"))) {
            return null;
        }
        return text(200, keys.keys().toString(), "application/jwk-set+json");
    }

    private ObjectNode index() {
        ObjectNode index = Trees.object();
        ArrayNode paths = index.putArray("paths");
        List.of("/api", "/api/v1", "/apis").forEach(paths::add);
        for (String group : server.kinds().groups()) {
            if (!group.isEmpty()) {
                paths.add("/apis/" + group);
                server.kinds()
                        .versions(group)
                        .forEach(version -> paths.add("/apis/" + group + "/" + version));
            }
        }
        List.of(
                        "/.well-known/openid-configuration",
                        "/healthz",
                        "/livez",
                        "/metrics",
                        "/openapi/v2",
                        "/openapi/v3",
                        "/openid/v1/jwks",
                        "/readyz",
                        "/status",
                        "/version")
                .forEach(paths::add);
        return index;
    }

    private CompletionStage<ApiResponse> status() {
        long applied = server.registry().current().resourceVersion();
        ObjectNode status =
                Trees.object()
                        .put("service", "api-server")
                        .put("applied", applied)
                        .put("pid", processId);
        return server.registry()
                .newest()
                .thenApply(newest -> status.put("logEnd", newest.resourceVersion()))
                .exceptionally(_ -> status.putNull("logEnd"))
                .thenApply(ServedDocuments::json);
    }

    private ApiResponse metrics() {
        String text =
                server.metrics()
                        .text(
                                Map.of(
                                        "orrery_log_applied",
                                        server.registry().current().resourceVersion()));
        return text(200, text, "text/plain; version=0.0.4; charset=utf-8");
    }

    static ApiResponse text(int code, String text, String contentType) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return new ApiResponse(code, contentType, body, 0, List.of(), Map.of());
    }

    /** What people read with curl, Kubernetes indents. */
    private static ApiResponse indented(JsonNode document) {
        return ApiResponse.json(200, Trees.writePretty(document));
    }

    static ApiResponse json(JsonNode document) {
        return ApiResponse.json(200, Trees.write(document));
    }

    /** Null where there is no such document. */
    static @Nullable ApiResponse jsonOrNull(@Nullable JsonNode document) {
        return document == null ? null : json(document);
    }
}
