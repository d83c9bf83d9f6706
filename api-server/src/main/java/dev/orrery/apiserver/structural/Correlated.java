package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The items of a list before it changed, found by the keys that tell them apart. */
final class Correlated {

    private static final Correlated NOTHING = new Correlated(List.of(), Map.of());

    private final List<String> keys;
    private final Map<List<JsonNode>, JsonNode> items;

    private Correlated(List<String> keys, Map<List<JsonNode>, JsonNode> items) {
        this.keys = keys;
        this.items = items;
    }

    /** Items of a list without keys are never the same as before. */
    static Correlated of(JsonNode old, Structural schema) {
        if (!old.isArray() || !schema.listType().equals("map")) {
            return NOTHING;
        }
        Map<List<JsonNode>, JsonNode> items = HashMap.newHashMap(old.size());
        for (JsonNode item : old) {
            items.put(keyOf(item, schema.mapKeys()), item);
        }
        return new Correlated(schema.mapKeys(), items);
    }

    /** Missing where there was none. */
    JsonNode of(JsonNode item) {
        return keys.isEmpty()
                ? MissingNode.getInstance()
                : items.getOrDefault(keyOf(item, keys), MissingNode.getInstance());
    }

    private static List<JsonNode> keyOf(JsonNode item, List<String> keys) {
        List<JsonNode> values = new ArrayList<>(keys.size());
        keys.forEach(key -> values.add(item.path(key)));
        return values;
    }
}
