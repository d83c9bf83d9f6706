package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.StructType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes fields out of an object. Never changes it; the result shares parts. */
public final class Remover {

    private Remover() {}

    public static ObjectNode remove(ObjectNode object, FieldSet fields, StructType type) {
        JsonNode left = value(object, fields, ValueType.of(type));
        return left instanceof ObjectNode some ? some : object.objectNode();
    }

    /** Null where nothing is left: what is whole goes as a whole. */
    private static @Nullable JsonNode value(JsonNode value, FieldSet fields, ValueType type) {
        return switch (type.form()) {
            case STRUCT, MAP -> members(value, fields, type);
            case UNTYPED -> value.isObject() ? members(value, fields, type) : null;
            case LIST -> items(value, fields, type);
            case ATOMIC_LIST, ATOMIC_MAP, ATOMIC_STRUCT -> null;
            case TEXT, NUMBER, BOOLEAN, ANY_SCALAR -> value;
        };
    }

    private static @Nullable JsonNode members(JsonNode object, FieldSet fields, ValueType type) {
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            FieldSet below = fields.child(Element.field(field.getKey()));
            if (!below.isMember()) {
                ValueType child = type.member(field.getKey());
                JsonNode value = field.getValue();
                value = below.isEmpty() || child == null ? value : value(value, below, child);
                if (value != null) {
                    left.set(field.getKey(), value);
                }
            }
        }
        return left.isEmpty() ? null : left;
    }

    private static @Nullable JsonNode items(JsonNode list, FieldSet fields, ValueType type) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        ValueType itemType = type.item();
        for (JsonNode item : list) {
            String element = Items.elementOrNull(item, type);
            FieldSet below = element == null ? FieldSet.EMPTY : fields.child(element);
            if (!below.isMember()) {
                JsonNode value = below.isEmpty() ? item : value(item, below, itemType);
                if (value != null) {
                    left.add(value);
                }
            }
        }
        return left.isEmpty() ? null : left;
    }
}
