package dev.orrery.apiserver.http;

import dev.orrery.apiserver.authorization.Access;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a request asks for, told from its path alone: who may not do it does not hear whether there
 * is such a thing.
 */
final class Requested {

    private static final String NAMESPACES = "namespaces";
    private static final Set<String> NAMESPACE_PARTS = Set.of("status", "finalize");

    private Requested() {}

    static Access of(HttpRequest request, List<String> segments) {
        boolean core = segments.size() > 2 && segments.getFirst().equals("api");
        boolean grouped = segments.size() > 3 && segments.getFirst().equals("apis");
        if (!core && !grouped) {
            String method = request.method().toLowerCase(Locale.ROOT);
            return Access.toPath(request.user(), method, request.path());
        }
        return of(
                request,
                core ? "" : segments.get(1),
                segments.get(core ? 1 : 2),
                segments.subList(core ? 2 : 3, segments.size()));
    }

    private static Access of(
            HttpRequest request, String group, String version, List<String> segments) {
        List<String> rest = segments;
        String namespace = "";
        if (rest.getFirst().equals(NAMESPACES) && rest.size() > 1) {
            namespace = rest.get(1);
            if (rest.size() > 2 && !NAMESPACE_PARTS.contains(rest.get(2))) {
                rest = rest.subList(2, rest.size());
            }
        }
        Map<String, String> fields = fields(request.query().getOrDefault("fieldSelector", ""));
        String name = rest.size() > 1 ? rest.get(1) : "";
        String verb = verb(request, name);
        boolean reads = verb.equals("list") || verb.equals("watch");
        return new Access(
                request.user(),
                verb,
                group,
                version,
                rest.getFirst(),
                rest.size() > 2 ? rest.get(2) : "",
                namespace,
                reads ? fields.getOrDefault("metadata.name", "") : name,
                fields,
                "");
    }

    private static String verb(HttpRequest request, String name) {
        return switch (request.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            case "GET", "HEAD" -> {
                if (!name.isEmpty()) {
                    yield "get";
                }
                String watch = request.query().getOrDefault("watch", "false");
                yield watch.equals("false") || watch.equals("0") ? "list" : "watch";
            }
            default -> "";
        };
    }

    /** Those that must be equal to something. */
    private static Map<String, String> fields(String selector) {
        Map<String, String> fields = new HashMap<>();
        for (String term : selector.split(",")) {
            int at = term.indexOf('=');
            if (at > 0 && term.charAt(at - 1) != '!') {
                fields.put(term.substring(0, at), term.substring(at).replaceFirst("==?", ""));
            }
        }
        return fields;
    }
}
