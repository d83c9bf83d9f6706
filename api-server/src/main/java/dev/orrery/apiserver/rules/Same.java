package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Equality as Kubernetes means it: what is absent or null equals an empty text, list or map;
 * numbers compare by value.
 */
public final class Same {

    private Same() {}

    public static boolean same(JsonNode a, JsonNode b) {
        if (a.equals(b)) {
            return true;
        }
        if (a.isObject() && b.isObject()) {
            return sameFields(a, b);
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            return sameItems(a, b);
        }
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        return isNothing(a) && isNothing(b);
    }

    private static boolean sameFields(JsonNode a, JsonNode b) {
        for (Map.Entry<String, JsonNode> field : a.properties()) {
            if (!same(field.getValue(), b.path(field.getKey()))) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> field : b.properties()) {
            if (!a.has(field.getKey()) && !isNothing(field.getValue())) {
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

    private static boolean isNothing(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING, NULL -> true;
            case STRING -> node.textValue().isEmpty();
            case ARRAY, OBJECT -> node.isEmpty();
            case BOOLEAN, NUMBER, BINARY, POJO -> false;
        };
    }
}
