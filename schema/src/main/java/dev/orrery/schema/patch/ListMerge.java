package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.Field;
import dev.orrery.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges lists: of objects by their merge key, of scalars as sets. */
final class ListMerge {

    private final StrategicMerge objects;

    ListMerge(StrategicMerge objects) {
        this.objects = objects;
    }

    static ArrayNode list(JsonNode value) throws PatchException {
        if (value instanceof ArrayNode list) {
            return list;
        }
        throw PatchException.unknown(
                "expected a []interface {}, but received a "
                        + switch (value.getNodeType()) {
                            case OBJECT -> "map[string]interface {}";
                            case STRING -> "string";
                            case BOOLEAN -> "bool";
                            case NULL -> "%!s(<nil>)";
                            default -> value.isIntegralNumber() ? "int64" : "float64";
                        });
    }

    /** Takes items out of a list of scalars. */
    static ArrayNode without(ArrayNode list, ArrayNode items) {
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        list.forEach(item -> {
            if (!contains(items, item)) {
                rest.add(item);
            }
        });
        return rest;
    }

    private static boolean contains(ArrayNode items, JsonNode item) {
        for (JsonNode other : items) {
            if (other.equals(item)) {
                return true;
            }
        }
        return false;
    }

    ArrayNode merge(ArrayNode current, ArrayNode patch, Field field) throws PatchException {
        if (!field.merging().patch().merges()) {
            return patch;
        }
        if (current.isEmpty() && patch.isEmpty()) {
            return current;
        }
        if (elementType(current, patch) != JsonNodeType.OBJECT) {
            return scalars(current, patch);
        }
        return byKey(current, patch, field);
    }

    /**
     * Merges, then puts the items in the wanted order; items that it does not name keep their place
     * among the others as well as that can be.
     */
    @Nullable ArrayNode ordered(
            @Nullable ArrayNode current, @Nullable ArrayNode patch, ArrayNode wanted, Field field)
            throws PatchException {
        String key = field.merging().patchKey();
        if (patch != null) {
            checkOrder(patch, wanted, key);
        }
        ArrayNode before = current == null ? JsonNodeFactory.instance.arrayNode() : copy(current);
        ArrayNode merged = current;
        if (patch != null) {
            if (current == null) {
                Directives.settle(patch);
                merged = patch;
            } else {
                merged = merge(current, patch, field);
            }
        }
        return merged == null ? null : new ElementOrder(key, wanted, before).arrange(merged);
    }

    private static ArrayNode copy(ArrayNode list) {
        return JsonNodeFactory.instance.arrayNode().addAll(list);
    }

    /** The items of the patch must be among the wanted ones, in the same order. */
    private static void checkOrder(ArrayNode patch, ArrayNode wanted, String key)
            throws PatchException {
        if (patch.isEmpty() || wanted.isEmpty()) {
            return;
        }
        int at = 0;
        for (JsonNode item : patch) {
            if (item.has(Directives.PATCH)) {
                continue;
            }
            JsonNode id = ElementOrder.identity(item, key);
            while (at < wanted.size() && !id.equals(ElementOrder.identity(wanted.get(at), key))) {
                at++;
            }
            if (at == wanted.size()) {
                throw PatchException.unknown(
                        "The order in patch list:\n"
                                + GoPrint.of(patch)
                                + "\n doesn't match "
                                + Directives.ELEMENT_ORDER
                                + " list:\n"
                                + GoPrint.of(wanted)
                                + "\n");
            }
            at++;
        }
    }

    private static ArrayNode scalars(ArrayNode current, ArrayNode patch) throws PatchException {
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        for (ArrayNode list : List.of(current, patch)) {
            for (JsonNode item : list) {
                if (!contains(merged, item)) {
                    merged.add(item);
                }
            }
        }
        return new ElementOrder("", patch, current).arrange(merged);
    }

    private ArrayNode byKey(ArrayNode current, ArrayNode patch, Field field) throws PatchException {
        String key = field.merging().patchKey();
        if (key.isEmpty()) {
            throw PatchException.unknown("cannot merge lists without merge key for struct");
        }
        ArrayNode target = JsonNodeFactory.instance.arrayNode();
        List<ObjectNode> changes = new ArrayList<>();
        boolean replace = false;
        target.addAll(current);
        for (JsonNode item : patch) {
            JsonNode directive = item.get(Directives.PATCH);
            if (directive == null) {
                changes.add((ObjectNode) item);
            } else {
                replace |= special(target, (ObjectNode) item, directive.asText(), key);
            }
        }
        if (replace) {
            return JsonNodeFactory.instance.arrayNode().addAll(changes);
        }
        ArrayNode before = copy(target);
        StructType struct = StrategicMerge.structOf(field.shape().element());
        for (ObjectNode change : changes) {
            mergeItem(target, change, key, struct);
        }
        return new ElementOrder(key, JsonNodeFactory.instance.arrayNode().addAll(changes), before)
                .arrange(target);
    }

    /** Whether the item says that the list is to be replaced. */
    private static boolean special(ArrayNode target, ObjectNode item, String directive, String key)
            throws PatchException {
        return switch (directive) {
            case Directives.REPLACE -> true;
            case Directives.DELETE -> {
                JsonNode id = ElementOrder.identity(item, key);
                for (int at = find(target, id, key); at >= 0; at = find(target, id, key)) {
                    target.remove(at);
                }
                yield false;
            }
            case Directives.MERGE ->
                    throw PatchException.unknown(
                            "merging lists cannot yet be specified in the patch");
            default ->
                    throw PatchException.unknown(
                            "unknown patch type: " + directive + " in map: " + GoPrint.of(item));
        };
    }

    private void mergeItem(
            ArrayNode target, ObjectNode change, String key, @Nullable StructType struct)
            throws PatchException {
        int at = find(target, ElementOrder.identity(change, key), key);
        if (at >= 0) {
            target.set(at, objects.object((ObjectNode) target.get(at), change, struct));
        } else {
            target.add(change);
        }
    }

    /** Negative where no item has that key. */
    private static int find(ArrayNode list, JsonNode id, String key) {
        for (int i = 0; i < list.size(); i++) {
            if (id.equals(list.get(i).get(key))) {
                return i;
            }
        }
        return -1;
    }

    private static JsonNodeType elementType(ArrayNode current, ArrayNode patch)
            throws PatchException {
        JsonNodeType type = null;
        for (ArrayNode list : List.of(current, patch)) {
            for (JsonNode item : list) {
                if (item.isArray()) {
                    throw PatchException.invalid("lists of lists are not supported");
                }
                if (type != null && type != item.getNodeType()) {
                    throw PatchException.unknown(
                            "list element types are not identical: ["
                                    + GoPrint.of(current)
                                    + " "
                                    + GoPrint.of(patch)
                                    + "]");
                }
                type = item.getNodeType();
            }
        }
        return type == null ? JsonNodeType.MISSING : type;
    }
}
