package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/** The names in a strategic merge patch that are no fields. */
final class Directives {

    static final String PATCH = "$patch";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList";
    static final String ELEMENT_ORDER = "$setElementOrder";

    static final String REPLACE = "replace";
    static final String DELETE = "delete";
    static final String MERGE = "merge";

    private Directives() {}

    static boolean isOrder(String name) {
        return name.startsWith(ELEMENT_ORDER);
    }

    static boolean isDeletion(String name) {
        return name.startsWith(DELETE_FROM_LIST);
    }

    /** The field of a directive that is written as {@code $directive/field}. */
    static String field(String name, String directive) throws PatchException {
        if (!name.startsWith(directive + "/")) {
            throw PatchException.badRequest(
                    directive.equals(ELEMENT_ORDER)
                            ? "invalid patch format of setElementOrder list"
                            : "invalid patch format of primitive list");
        }
        return name.substring(directive.length() + 1);
    }

    /**
     * Whether a value that has nothing to be merged with stays. Changes the value: nulls go, and
     * what says that it is to be deleted or replaced.
     */
    static boolean settle(JsonNode value) {
        if (value instanceof ObjectNode object) {
            if (object.has(PATCH)) {
                return false;
            }
            object.properties().removeIf(m -> m.getValue().isNull() || !settle(m.getValue()));
        } else if (value instanceof ArrayNode array) {
            for (Iterator<JsonNode> items = array.elements(); items.hasNext(); ) {
                if (!settle(items.next())) {
                    items.remove();
                }
            }
        }
        return true;
    }
}
