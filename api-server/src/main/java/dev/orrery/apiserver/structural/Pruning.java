package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of an object what its schema does not declare, and nulls that it does not allow. Used
 * once.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning">
 *     Field pruning</a>
 */
public final class Pruning {

    private static final Set<String> META = Set.of("apiVersion", "kind", "metadata");

    private final Walk walk = new Walk();
    private final List<String> unknown = new ArrayList<>();

    private Pruning() {}

    /**
     * Changes the object.
     *
     * @return the paths of what was not declared, sorted
     */
    public static List<String> prune(ObjectNode object, Structural schema) {
        Pruning pruning = new Pruning();
        pruning.resource(object, schema);
        dropNulls(object, schema);
        Collections.sort(pruning.unknown);
        return pruning.unknown;
    }

    /** Whether a part of an object has nothing that its schema does not declare. */
    public static boolean isPruned(JsonNode value, Structural schema) {
        Pruning pruning = new Pruning();
        JsonNode copy = value.deepCopy();
        if (copy instanceof ObjectNode object && schema.embedded()) {
            pruning.resource(object, schema);
        } else {
            pruning.value(copy, schema);
        }
        return copy.equals(value);
    }

    private void resource(ObjectNode object, Structural schema) {
        if (schema.preserves()) {
            keep(object, schema, true);
        } else {
            object(object, schema, true);
        }
    }

    private void value(JsonNode value, @Nullable Structural schema) {
        if (schema != null && schema.preserves()) {
            keep(value, schema, false);
        } else if (value instanceof ObjectNode object) {
            object(object, schema, false);
        } else if (value instanceof ArrayNode array) {
            items(array, schema);
        }
    }

    private void object(ObjectNode object, @Nullable Structural schema, boolean root) {
        Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String name = field.getKey();
            if (schema != null && schema.isResource(root) && META.contains(name)) {
                continue;
            }
            int before = walk.field(name);
            if (schema == null || !isDeclared(schema, name)) {
                if (before > 0 || !META.contains(name)) {
                    unknown.add(walk.toString());
                }
                fields.remove();
            } else {
                value(field.getValue(), schema.child(name));
            }
            walk.back(before);
        }
    }

    private static boolean isDeclared(Structural schema, String name) {
        return schema.properties().containsKey(name) || schema.additional() != null;
    }

    private void items(ArrayNode array, @Nullable Structural schema) {
        for (int i = 0; i < array.size(); i++) {
            int before = walk.item(i);
            value(array.get(i), schema == null ? null : schema.items());
            walk.back(before);
        }
    }

    /** What is not declared stays; what is declared below is pruned again. */
    private void keep(JsonNode value, @Nullable Structural schema, boolean root) {
        if (schema == null) {
            return;
        }
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                String name = field.getKey();
                boolean meta = schema.isResource(root) && META.contains(name);
                if (!meta && isDeclared(schema, name)) {
                    int before = walk.field(name);
                    value(field.getValue(), schema.child(name));
                    walk.back(before);
                }
            }
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int before = walk.item(i);
                keep(array.get(i), schema.items(), false);
                walk.back(before);
            }
        }
    }

    private static void dropNulls(JsonNode value, @Nullable Structural schema) {
        if (value instanceof ObjectNode object) {
            Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
            while (fields.hasNext()) {
                Map.Entry<String, JsonNode> field = fields.next();
                Structural child = schema == null ? null : schema.child(field.getKey());
                if (field.getValue().isNull() && mustBeSomething(child)) {
                    fields.remove();
                } else {
                    dropNulls(field.getValue(), child);
                }
            }
        } else if (value instanceof ArrayNode array) {
            array.forEach(item -> dropNulls(item, schema == null ? null : schema.items()));
        }
    }

    /** A null where a default is given becomes the default. */
    private static boolean mustBeSomething(@Nullable Structural schema) {
        return schema != null && !schema.nullable() && schema.defaultValue() == null;
    }
}
