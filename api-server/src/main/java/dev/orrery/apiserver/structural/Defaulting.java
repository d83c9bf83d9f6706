package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what users left out and a schema gives a value for: in requests, and in what is read
 * from the log.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting">
 *     Defaulting</a>
 */
public final class Defaulting {

    private Defaulting() {}

    /** Changes the value. */
    public static void fillIn(JsonNode value, @Nullable Structural schema) {
        if (schema == null) {
            return;
        }
        if (value instanceof ObjectNode object) {
            fillIn(object, schema);
        } else if (value instanceof ArrayNode array) {
            items(array, schema.items());
        }
    }

    private static void fillIn(ObjectNode object, Structural schema) {
        schema.properties()
                .forEach((name, property) -> {
                    JsonNode given = object.get(name);
                    JsonNode fallback = property.defaultValue();
                    if (fallback != null && (given == null || isWrongNull(given, property))) {
                        object.set(name, fallback.deepCopy());
                    }
                });
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Structural child = schema.child(field.getKey());
            if (child == null) {
                continue;
            }
            JsonNode fallback = child.defaultValue();
            if (fallback != null && isWrongNull(field.getValue(), child)) {
                field.setValue(fallback.deepCopy());
            }
            fillIn(field.getValue(), child);
        }
    }

    private static void items(ArrayNode array, @Nullable Structural schema) {
        if (schema == null) {
            return;
        }
        JsonNode fallback = schema.defaultValue();
        for (int i = 0; i < array.size(); i++) {
            if (fallback != null && isWrongNull(array.get(i), schema)) {
                array.set(i, fallback.deepCopy());
            }
            fillIn(array.get(i), schema);
        }
    }

    private static boolean isWrongNull(JsonNode value, Structural schema) {
        return value.isNull() && !schema.nullable();
    }
}
