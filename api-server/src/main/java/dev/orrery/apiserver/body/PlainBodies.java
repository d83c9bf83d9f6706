package dev.orrery.apiserver.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.store.PatchType;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** JSON without a schema, for tests. */
public final class PlainBodies implements Bodies {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public Decoded decode(byte[] body, String contentType, String apiVersion, String kind) {
        if (parse(body) instanceof ObjectNode object) {
            return new Decoded(object, List.of());
        }
        throw Refusals.badRequest("the body is no object");
    }

    @Override
    public JsonNode decodePatch(byte[] body, PatchType type) {
        return parse(body);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw Refusals.badRequest(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Decoded patch(
            ObjectNode current, JsonNode patch, PatchType type, String apiVersion, String kind) {
        ObjectNode patched = current.deepCopy();
        merge(patched, patch);
        return new Decoded(patched, List.of());
    }

    private static void merge(ObjectNode into, JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getValue().isNull()) {
                into.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                merge(into.withObjectProperty(field.getKey()), field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        }
    }
}
