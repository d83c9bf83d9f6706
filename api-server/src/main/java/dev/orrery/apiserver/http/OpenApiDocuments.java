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
 * {@code /openapi/v3} and its documents in JSON, and the one of {@code /openapi/v2} in JSON and as
 * a protobuf message: by that kubectl checks what it creates of kinds that take no patches.
 */
final class OpenApiDocuments {

    private static final String JSON = "application/json";

    /** As it is asked for; an at sign has no place in the name of a type that is answered. */
    private static final String ASKED =
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    private static final String MESSAGE = ASKED.replace('@', '.');

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
        return document == null ? null : answer(request, document, JSON);
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
        for (MediaRange range : MediaRange.parse(request.accept())) {
            if (isJson(range)) {
                return answer(request, api.swagger(), JSON);
            }
            if (range.type().equals(ASKED) || range.type().equals(MESSAGE)) {
                return answer(request, api.swaggerMessage(), MESSAGE);
            }
        }
        throw Refusals.notAcceptable(
                "only the following media types are accepted: " + JSON + ", " + MESSAGE);
    }

    private static boolean isJson(MediaRange range) {
        return Set.of("", "*/*", "application/*", JSON).contains(range.type());
    }

    private static ApiResponse answer(HttpRequest request, Document document, String type) {
        String tag = '"' + document.hash() + '"';
        boolean known = request.ifNoneMatch().equals(tag);
        boolean hashed = document.hash().equals(request.query().get("hash"));
        return new ApiResponse(
                known ? 304 : 200,
                type,
                known ? new byte[0] : document.bytes(),
                0,
                List.of(),
                hashed
                        ? Map.of("ETag", tag, "Cache-Control", "public, immutable")
                        : Map.of("ETag", tag));
    }
}
