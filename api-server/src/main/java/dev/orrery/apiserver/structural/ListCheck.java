package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists whose items must differ: sets, and maps by their keys. */
public final class ListCheck {

    private final FieldErrors errors;
    private final Walk walk = new Walk();

    private ListCheck(FieldErrors errors) {
        this.errors = errors;
    }

    public static void check(JsonNode object, Structural schema, FieldErrors errors) {
        new ListCheck(errors).value(object, schema);
    }

    private void value(JsonNode value, Structural schema) {
        if (value.isArray()) {
            array(value, schema);
        } else if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                String name = field.getKey();
                Structural child = schema.child(name);
                if (child != null) {
                    boolean declared = schema.properties().containsKey(name);
                    int before = declared ? walk.field(name) : walk.entry(name);
                    value(field.getValue(), child);
                    walk.back(before);
                }
            }
        }
    }

    private void array(JsonNode array, Structural schema) {
        switch (schema.listType()) {
            case "set" -> differ(array, List.of());
            case "map" -> {
                if (onlyObjects(array)) {
                    differ(array, schema.mapKeys());
                }
            }
            default -> {}
        }
        if (schema.items() != null) {
            for (int i = 0; i < array.size(); i++) {
                int before = walk.item(i);
                value(array.get(i), schema.items());
                walk.back(before);
            }
        }
    }

    private boolean onlyObjects(JsonNode array) {
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isObject() && !array.get(i).isNull()) {
                errors.invalid(
                        place(i), array.get(i), "must be an object for an array of list-type map");
                return false;
            }
        }
        return true;
    }

    /** What comes a third time is not reported again. */
    private void differ(JsonNode array, List<String> keys) {
        Map<JsonNode, Integer> seen = HashMap.newHashMap(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonNode identity = keys.isEmpty() ? array.get(i) : keysOf(array.get(i), keys);
            if (seen.merge(identity, 1, Integer::sum) == 2) {
                errors.duplicate(place(i), identity);
            }
        }
    }

    private static JsonNode keysOf(JsonNode item, List<String> keys) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        for (String key : keys) {
            JsonNode value = item.get(key);
            if (value != null) {
                found.set(key, value);
            }
        }
        return found;
    }

    private FieldPath place(int index) {
        int before = walk.item(index);
        FieldPath place = new FieldPath(walk.toString());
        walk.back(before);
        return place;
    }
}
