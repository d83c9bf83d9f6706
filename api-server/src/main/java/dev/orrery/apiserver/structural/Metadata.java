package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.DecodeException;
import dev.orrery.schema.Decoded;
import dev.orrery.schema.Decoder;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the metadata of an object, and of the objects within it, into the form that all metadata
 * has, whatever the schema says of it. Used once.
 */
public final class Metadata {

    private static final String METADATA = "metadata";

    private final Walk walk = new Walk();
    private final List<String> unknown = new ArrayList<>();
    private final boolean dropsInvalid;

    private Metadata(boolean dropsInvalid) {
        this.dropsInvalid = dropsInvalid;
    }

    /**
     * Of an object that a client sent. Changes it.
     *
     * @return what no metadata has: {@code unknown field "metadata.foo"}
     * @throws IllegalArgumentException with the message for the client
     */
    public static List<String> coerce(ObjectNode object, Structural schema) {
        return new Metadata(false).run(object, schema);
    }

    /** Of an object that was stored, perhaps under another schema. Changes it. */
    public static void repair(ObjectNode object, Structural schema) {
        var _ = new Metadata(true).run(object, schema);
    }

    private List<String> run(ObjectNode object, Structural schema) {
        metadata(object);
        children(object, schema);
        return unknown;
    }

    private void value(JsonNode value, @Nullable Structural schema) {
        if (schema == null) {
            return;
        }
        if (value instanceof ObjectNode object) {
            if (schema.embedded()) {
                text(object, "apiVersion");
                text(object, "kind");
                metadata(object);
            }
            children(object, schema);
        } else if (value instanceof ArrayNode array && schema.items() != null) {
            for (int i = 0; i < array.size(); i++) {
                int before = walk.item(i);
                value(array.get(i), schema.items());
                walk.back(before);
            }
        }
    }

    private void children(ObjectNode object, Structural schema) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Structural child = schema.child(field.getKey());
            if (child != null) {
                int before = walk.field(field.getKey());
                value(field.getValue(), child);
                walk.back(before);
            }
        }
    }

    private void text(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isTextual()) {
            return;
        }
        if (!dropsInvalid) {
            throw new IllegalArgumentException(
                    place(field) + ": Invalid value: " + value + ": must be a string");
        }
        object.remove(field);
    }

    private void metadata(ObjectNode object) {
        JsonNode given = object.get(METADATA);
        if (given == null) {
            return;
        }
        StructType type = Schemas.kubernetes().meta("ObjectMeta");
        try {
            Decoded decoded = Decoder.decode(given, type);
            String prefix = "field \"" + place(METADATA) + ".";
            decoded.findings()
                    .forEach(finding -> unknown.add(finding.replaceFirst("field \"", prefix)));
            object.set(METADATA, decoded.object());
        } catch (DecodeException e) {
            if (!dropsInvalid) {
                throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private String place(String field) {
        int before = walk.field(field);
        String place = walk.toString();
        walk.back(before);
        return place;
    }
}
