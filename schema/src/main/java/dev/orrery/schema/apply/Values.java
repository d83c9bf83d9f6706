package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values as server-side apply compares them: numbers by what they are worth. */
final class Values {

    private Values() {}

    static boolean same(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.equals(b) || a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.isContainerNode() && a.getNodeType() == b.getNodeType() && a.size() == b.size()) {
            return a.isObject() ? sameFields(a, b) : sameItems(a, b);
        }
        return a.equals(b);
    }

    private static boolean sameFields(JsonNode a, JsonNode b) {
        for (Map.Entry<String, JsonNode> field : a.properties()) {
            JsonNode other = b.get(field.getKey());
            if (other == null || !same(field.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameItems(JsonNode a, JsonNode b) {
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Not there, null, or without content. */
    static boolean isEmpty(@Nullable JsonNode value) {
        return value == null || !value.isContainerNode() || value.isEmpty();
    }
}
