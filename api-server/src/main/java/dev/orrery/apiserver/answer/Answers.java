package dev.orrery.apiserver.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Splice;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.request.Form;
import dev.orrery.apiserver.request.Form.Shape;
import dev.orrery.apiserver.request.Form.Syntax;
import dev.orrery.apiserver.request.Page;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.store.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The encode stage. Where an object is shown as it is stored, its bytes are copied and not parsed.
 */
public final class Answers {

    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final InstantSource clock;

    public Answers(InstantSource clock) {
        this.clock = clock;
    }

    /** One stored object. */
    public ApiResponse object(ApiRequest request, int code, byte[] value, long resourceVersion) {
        Kind kind = request.kind();
        Form form = request.form();
        if (kind.isShownAsStored() && form.equals(Form.JSON) && !isPretty(request)) {
            return json(code, Splice.version(value, resourceVersion), resourceVersion);
        }
        ObjectNode object = Shapes.whole(kind, value, resourceVersion);
        JsonNode shown =
                switch (form.shape()) {
                    case OBJECT -> object;
                    case TABLE -> table(request, List.of(object), object.path("metadata"));
                    case METADATA -> Shapes.metadata(object, form.version());
                    case METADATA_LIST -> throw Form.refusal();
                };
        return tree(request, code, shown, resourceVersion);
    }

    /** A part of a list. */
    public ApiResponse page(ApiRequest request, Page page) {
        if (request.kind().isShownAsStored()
                && request.form().equals(Form.JSON)
                && !isPretty(request)) {
            return json(200, spliced(request.kind(), page), page.resourceVersion());
        }
        List<ObjectNode> objects =
                page.items().stream().map(item -> Shapes.whole(request.kind(), item)).toList();
        ObjectNode metadata = metadata(page);
        JsonNode shown =
                switch (request.form().shape()) {
                    case TABLE -> table(request, objects, metadata);
                    case OBJECT -> list(request.kind(), objects, metadata);
                    case METADATA, METADATA_LIST -> partial(request, objects, metadata);
                };
        return tree(request, 200, shown, page.resourceVersion());
    }

    /** Something that is not stored: a Scale, a review, a Status. It has no other shape. */
    public static ApiResponse made(ApiRequest request, int code, JsonNode tree) {
        if (request.form().shape() != Shape.OBJECT) {
            throw Form.refusal();
        }
        return tree(request, code, tree, 0);
    }

    /** A refusal is never a table. */
    public static ApiResponse refusal(StatusException refusal) {
        ApiResponse response =
                ApiResponse.json(refusal.code(), Trees.write(StatusJson.failure(refusal)));
        int seconds = refusal.details().retryAfterSeconds();
        return seconds == 0
                ? response
                : response.withHeaders(Map.of("Retry-After", Integer.toString(seconds)));
    }

    static boolean isPretty(ApiRequest request) {
        if (request.parameters().has("pretty")) {
            return request.parameters().flag("pretty");
        }
        String agent = request.userAgent();
        return agent.startsWith("curl")
                || agent.startsWith("Wget")
                || agent.startsWith("Mozilla/5.0");
    }

    private static ApiResponse json(int code, byte[] body, long resourceVersion) {
        return new ApiResponse(
                code, Syntax.JSON.mediaType(), body, resourceVersion, List.of(), Map.of());
    }

    private static ApiResponse tree(
            ApiRequest request, int code, JsonNode tree, long resourceVersion) {
        Syntax syntax = request.form().syntax();
        byte[] body =
                switch (syntax) {
                    case JSON -> isPretty(request) ? Trees.writePretty(tree) : Trees.write(tree);
                    case YAML -> Yaml.write(tree);
                };
        return new ApiResponse(
                code, syntax.mediaType(), body, resourceVersion, List.of(), Map.of());
    }

    private static byte[] spliced(Kind kind, Page page) {
        ObjectNode head = Trees.object();
        head.put("kind", kind.listKind()).put("apiVersion", kind.apiVersion());
        head.set("metadata", metadata(page));
        byte[] prefix = Trees.write(head);
        int size = page.items().stream().mapToInt(item -> item.value().length + 48).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(prefix.length + size + 16);
        out.write(prefix, 0, prefix.length - 1);
        out.writeBytes(",\"items\":[".getBytes(StandardCharsets.US_ASCII));
        boolean first = true;
        for (Stored item : page.items()) {
            if (!first) {
                out.write(',');
            }
            first = false;
            Splice.version(item.value(), item.resourceVersion(), out);
        }
        out.writeBytes(END);
        return out.toByteArray();
    }

    private static ObjectNode metadata(Page page) {
        ObjectNode metadata = Trees.object();
        metadata.put("resourceVersion", Long.toString(page.resourceVersion()));
        if (!page.next().isEmpty()) {
            metadata.put("continue", page.next());
            if (page.remaining() >= 0) {
                metadata.put("remainingItemCount", page.remaining());
            }
        }
        return metadata;
    }

    private static ObjectNode list(Kind kind, List<ObjectNode> objects, ObjectNode metadata) {
        ObjectNode list = Trees.object();
        list.put("kind", kind.listKind()).put("apiVersion", kind.apiVersion());
        list.set("metadata", metadata);
        list.putArray("items").addAll(objects);
        return list;
    }

    private static ObjectNode partial(
            ApiRequest request, List<ObjectNode> objects, ObjectNode metadata) {
        String version = request.form().version();
        ObjectNode list = Trees.object();
        list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/" + version);
        list.set("metadata", metadata);
        ArrayNode items = list.putArray("items");
        objects.forEach(object -> items.add(Shapes.metadata(object, version)));
        return list;
    }

    private ObjectNode table(ApiRequest request, List<ObjectNode> objects, JsonNode metadata) {
        String version = request.form().version();
        ObjectNode table = Shapes.table(version);
        ObjectNode own = table.withObjectProperty("metadata");
        for (String field : List.of("resourceVersion", "continue", "remainingItemCount")) {
            if (metadata.has(field)) {
                own.set(field, metadata.get(field));
            }
        }
        Shapes.addColumns(table, request.kind());
        String include = request.parameters().text("includeObject");
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            rows.add(Shapes.row(request.kind(), object, version, include, clock.instant()));
        }
        return table;
    }
}
