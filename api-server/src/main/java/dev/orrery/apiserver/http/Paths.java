package dev.orrery.apiserver.http;

import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.Form;
import dev.orrery.apiserver.request.Notices;
import dev.orrery.apiserver.request.Parameters;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Verb;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Understands the paths of resources: {@code /apis/GROUP/VERSION/namespaces/NS/PLURAL/NAME/PART}.
 */
final class Paths {

    private static final String NAMESPACES = "namespaces";
    private static final String PROXY = "proxy";
    private static final Set<String> NAMESPACE_PARTS = Set.of("status", "finalize");

    private final Kinds kinds;
    private final Delegates delegates;

    Paths(Kinds kinds, Delegates delegates) {
        this.kinds = kinds;
        this.delegates = delegates;
    }

    /**
     * @param segments of the path
     * @return null if the path is not that of a resource
     */
    @Nullable ApiRequest request(HttpRequest http, List<String> segments) {
        boolean core = segments.size() > 2 && segments.getFirst().equals("api");
        boolean grouped = segments.size() > 3 && segments.getFirst().equals("apis");
        if (!core && !grouped) {
            return null;
        }
        String group = core ? "" : segments.get(1);
        String version = segments.get(core ? 1 : 2);
        return request(http, group, version, segments.subList(core ? 2 : 3, segments.size()));
    }

    private ApiRequest request(
            HttpRequest http, String group, String version, List<String> segments) {
        List<String> rest = segments;
        String namespace = "";
        if (rest.getFirst().equals(NAMESPACES)
                && rest.size() > 2
                && !NAMESPACE_PARTS.contains(rest.get(2))) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        Kind kind = kinds.at(group, version, rest.getFirst());
        if (kind == null && delegates.at(group, version) != null) {
            throw Refusals.unavailable("service unavailable", 1);
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String part = rest.size() > 2 ? rest.get(2) : "";
        boolean proxied = part.equals(PROXY);
        if (kind == null || (rest.size() > 3 && !proxied)) {
            throw Refusals.noSuchPath();
        }
        Parameters parameters = new Parameters(http.query());
        return new ApiRequest(
                verb(http.method(), name, parameters, proxied),
                kind,
                part,
                namespace,
                name,
                parameters,
                http.body(),
                http.contentType(),
                Form.of(http.accept()),
                http.user(),
                http.userAgent(),
                new Origin(List.of(), 0, http.traceparent()),
                new Notices());
    }

    private static Verb verb(String method, String name, Parameters parameters, boolean proxied) {
        boolean one = !name.isEmpty();
        return switch (method) {
            case "GET", "HEAD" -> {
                if (one) {
                    yield Verb.GET;
                }
                yield parameters.flag("watch") ? Verb.WATCH : Verb.LIST;
            }
            case "POST" -> Verb.CREATE;
            case "PUT" -> Verb.UPDATE;
            case "PATCH" -> Verb.PATCH;
            case "DELETE" -> one ? Verb.DELETE : Verb.DELETE_COLLECTION;
            default -> {
                if (proxied) {
                    yield Verb.GET; // what a server answers to OPTIONS is its own affair
                }
                throw Refusals.methodNotAllowed();
            }
        };
    }
}
