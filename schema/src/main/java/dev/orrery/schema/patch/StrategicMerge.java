package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.Field;
import dev.orrery.schema.Merging;
import dev.orrery.schema.Shape;
import dev.orrery.schema.StructType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges a patch into an object. Both are changed on the way.
 *
 * <p>Stateless.
 */
final class StrategicMerge {

    private final ListMerge lists = new ListMerge(this);

    /**
     * @param type null within maps, whose values have no fields to look up
     */
    ObjectNode object(ObjectNode target, ObjectNode patch, @Nullable StructType type)
            throws PatchException {
        JsonNode directive = patch.get(Directives.PATCH);
        if (directive != null) {
            return whole(directive.asText(), patch);
        }
        retainKeys(target, patch);
        mergeOrdered(target, patch, type);
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            member(target, member.getKey(), member.getValue(), type);
        }
        return target;
    }

    private static ObjectNode whole(String directive, ObjectNode patch) throws PatchException {
        return switch (directive) {
            case Directives.REPLACE -> {
                patch.remove(Directives.PATCH);
                yield patch;
            }
            case Directives.DELETE -> JsonNodeFactory.instance.objectNode();
            default ->
                    throw PatchException.unknown(
                            "unknown patch type: " + directive + " in map: " + GoPrint.of(patch));
        };
    }

    /** Fields that the directive does not list go, and the patch may not bring others. */
    private static void retainKeys(ObjectNode target, ObjectNode patch) throws PatchException {
        JsonNode directive = patch.remove(Directives.RETAIN_KEYS);
        if (directive == null) {
            return;
        }
        if (!directive.isArray()) {
            throw PatchException.badRequest("invalid patch format of retainKeys");
        }
        Set<String> retained = new HashSet<>();
        directive.forEach(name -> retained.add(name.asText()));
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            String name = member.getKey();
            if (!member.getValue().isNull()
                    && !Directives.isDeletion(name)
                    && !Directives.isOrder(name)
                    && !retained.contains(name)) {
                throw PatchException.badRequest("invalid patch format of retainKeys");
            }
        }
        target.retain(retained);
    }

    /** Lists that come with an order of their items. */
    private void mergeOrdered(ObjectNode target, ObjectNode patch, @Nullable StructType type)
            throws PatchException {
        List<String> orders =
                patch.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(Directives::isOrder)
                        .toList();
        for (String order : orders) {
            String name = Directives.field(order, Directives.ELEMENT_ORDER);
            ArrayNode wanted = ListMerge.list(patch.remove(order));
            JsonNode current = target.get(name);
            JsonNode change = patch.remove(name);
            Field field = field(type, name);
            ArrayNode merged =
                    lists.ordered(
                            current == null ? null : ListMerge.list(current),
                            change == null ? null : ListMerge.list(change),
                            wanted,
                            field);
            if (merged != null) {
                target.set(name, merged);
            }
        }
    }

    private void member(
            ObjectNode target, String written, JsonNode value, @Nullable StructType type)
            throws PatchException {
        boolean deletion = Directives.isDeletion(written);
        String name = deletion ? Directives.field(written, Directives.DELETE_FROM_LIST) : written;
        JsonNode current = target.get(name);
        if (value.isNull()) {
            target.remove(name);
        } else if (current instanceof ArrayNode list && value instanceof ArrayNode items) {
            Field field = field(type, name);
            target.set(
                    name,
                    deletion ? ListMerge.without(list, items) : lists.merge(list, items, field));
        } else if (deletion) {
            return;
        } else if (current instanceof ObjectNode object && value instanceof ObjectNode change) {
            target.set(name, nested(object, change, type, name));
        } else if (Directives.settle(value)) {
            target.set(name, value);
        } else {
            target.remove(name);
        }
    }

    private ObjectNode nested(
            ObjectNode object, ObjectNode change, @Nullable StructType type, String name)
            throws PatchException {
        if (type == null) {
            return object(object, change, null);
        }
        Field field = field(type, name);
        return field.merging().patch() == Merging.Patch.REPLACE
                ? change
                : object(object, change, structOf(field.shape()));
    }

    static @Nullable StructType structOf(Shape shape) {
        return shape.isStruct() ? shape.struct() : null;
    }

    private static Field field(@Nullable StructType type, String name) throws PatchException {
        Field field = type == null ? null : type.field(name);
        if (field == null) {
            throw PatchException.unknown(
                    "unable to find api field in struct "
                            + (type == null ? "map" : type.goName())
                            + " for the json field \""
                            + name
                            + "\"");
        }
        return field;
    }
}
