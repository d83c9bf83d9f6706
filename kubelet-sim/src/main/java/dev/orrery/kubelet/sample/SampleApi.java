package dev.orrery.kubelet.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Answers HTTP as the sample API server does. It believes whoever calls it about who asks, as it
 * believes an API server in front of it; it does not look for its certificate. There are no
 * watches. Used by one task.
 */
public final class SampleApi {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final SampleStore store;

    public SampleApi(RandomGenerator random) {
        this.store = new SampleStore(random);
    }

    public HttpResponse answer(HttpRequest request, Instant now) {
        if (HEALTH.contains(request.path())) {
            return HttpResponse.text(OK, "ok");
        }
        try {
            if (request.header("X-Remote-User").isEmpty()) {
                throw new Refusal(401, "Unauthorized", "Unauthorized");
            }
            ObjectNode document = SampleDiscovery.at(request.path());
            return document == null ? resource(request, now) : json(OK, document);
        } catch (Refusal refusal) {
            return json(refusal.code(), refusal.status());
        }
    }

    private HttpResponse resource(HttpRequest request, Instant now) {
        List<String> path = Arrays.asList(request.path().substring(1).split("/"));
        if (path.size() < 4
                || !String.join("/", path.subList(0, 3))
                        .equals("apis/" + SampleDiscovery.API_VERSION)) {
            throw Refusal.noSuchPath();
        }
        List<String> rest = path.subList(3, path.size());
        String namespace = "";
        if (rest.getFirst().equals("namespaces") && rest.size() > 2) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        SampleKind kind = SampleKind.of(rest.getFirst());
        if (kind == null || rest.size() > 2) {
            throw Refusal.noSuchPath();
        }
        return rest.size() == 1
                ? collection(request, kind, namespace, now)
                : one(request, kind, namespace, rest.get(1));
    }

    private HttpResponse collection(
            HttpRequest request, SampleKind kind, String namespace, Instant now) {
        SampleSelector selector =
                SampleSelector.of(request.parameters().getOrDefault("labelSelector", ""));
        String watch = request.parameters().getOrDefault("watch", "false");
        return switch (request.method()) {
            case "GET" -> {
                if (!watch.equals("false") && !watch.equals("0")) {
                    throw notAllowed();
                }
                yield json(OK, store.list(kind, namespace, selector));
            }
            case "POST" -> json(CREATED, store.create(kind, namespace, body(request), now));
            case "DELETE" -> json(OK, store.deleteAll(kind, namespace, selector));
            default -> throw notAllowed();
        };
    }

    private HttpResponse one(HttpRequest request, SampleKind kind, String namespace, String name) {
        return switch (request.method()) {
            case "GET" -> json(OK, store.get(kind, namespace, name));
            case "PUT" -> json(OK, store.update(kind, namespace, name, body(request)));
            case "PATCH" -> {
                if (!request.header("Content-Type").startsWith("application/merge-patch+json")) {
                    throw new Refusal(
                            415,
                            "UnsupportedMediaType",
                            "the body of the request was in an unknown format - accepted media"
                                    + " types include: application/merge-patch+json");
                }
                yield json(OK, store.patch(kind, namespace, name, body(request)));
            }
            case "DELETE" -> json(OK, store.delete(kind, namespace, name));
            default -> throw notAllowed();
        };
    }

    private static Refusal notAllowed() {
        return new Refusal(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource");
    }

    private static ObjectNode body(HttpRequest request) {
        try {
            if (JSON.readTree(request.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException _) {
            // refused below
        }
        throw new Refusal(
                400, "BadRequest", "the object provided is unrecognized: it is no JSON object");
    }

    private static HttpResponse json(int code, JsonNode tree) {
        try {
            return HttpResponse.of(code, "application/json", JSON.writeValueAsBytes(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }
}
