package dev.orrery.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.aggregation.Delegate;
import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.openapi.Document;
import dev.orrery.apiserver.openapi.PublishedApi;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.request.MediaRange;
import dev.orrery.apiserver.status.Refusals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /openapi/v3} and its documents, and the one of {@code /openapi/v2}, as JSON alone: kubectl
 * asks for that as protobuf, and does well without.
 */
final class OpenApiDocuments {

    private final PublishedApi api;
    private final Delegates delegates;

    OpenApiDocuments(Kinds kinds, Delegates delegates) {
        this.api = new PublishedApi(kinds);
        this.delegates = delegates;
    }

    /** Null where there is no such document. */
    @Nullable ApiResponse get(HttpRequest request, List<String> segments) {
        if (segments.equals(List.of("openapi", "v2"))) {
            return swagger(request);
        }
        if (segments.size() < 2 || !segments.get(1).equals("v3")) {
            return null;
        }
        if (segments.size() == 2) {
            return ServedDocuments.json(index());
        }
        Document document = api.document(String.join("/", segments.subList(2, segments.size())));
        return document == null ? null : answer(request, document);
    }

    /** The documents of delegates are at their own servers. */
    private ObjectNode index() {
        ObjectNode index = Trees.read(api.index());
        for (Delegate delegate : delegates.all()) {
            if (delegate.available()) {
                String path = "apis/" + delegate.apiVersion();
                index.withObjectProperty("paths")
                        .putObject(path)
                        .put("serverRelativeURL", "/openapi/v3/" + path);
            }
        }
        return index;
    }

    private ApiResponse swagger(HttpRequest request) {
        if (MediaRange.parse(request.accept()).stream().noneMatch(OpenApiDocuments::isJson)) {
            throw Refusals.notAcceptable(
                    "only the following media types are accepted: application/json");
        }
        return answer(request, api.swagger());
    }

    private static boolean isJson(MediaRange range) {
        return Set.of("", "*/*", "application/*", "application/json").contains(range.type());
    }

    private static ApiResponse answer(HttpRequest request, Document document) {
        String tag = '"' + document.hash() + '"';
        boolean known = request.ifNoneMatch().equals(tag);
        boolean hashed = document.hash().equals(request.query().get("hash"));
        return new ApiResponse(
                known ? 304 : 200,
                "application/json",
                known ? new byte[0] : document.json(),
                0,
                List.of(),
                hashed
                        ? Map.of("ETag", tag, "Cache-Control", "public, immutable")
                        : Map.of("ETag", tag));
    }
}
