package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.schema.StructType;
import dev.orrery.schema.patch.GoPrint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One walk through what a client applies: what does not fit the schema. Used once. */
public final class Validator {

    private final FieldPath path = new FieldPath();
    private final List<String> faults = new ArrayList<>();

    private Validator() {}

    /** Null where nothing is wrong. */
    public static @Nullable String fault(JsonNode object, StructType type) {
        Validator validator = new Validator();
        validator.value(object, ValueType.of(type));
        return switch (validator.faults.size()) {
            case 0 -> null;
            case 1 -> validator.faults.getFirst();
            default -> "errors:\n  " + String.join("\n  ", validator.faults);
        };
    }

    private void fault(String message) {
        String place = path.toString();
        faults.add(place.isEmpty() ? message : place + ": " + message);
    }

    private void value(JsonNode value, ValueType type) {
        if (value.isNull()) {
            return;
        }
        switch (type.form()) {
            case TEXT -> {
                if (!value.isTextual()) {
                    fault(
                            "expected string, got &value.valueUnstructured{Value:"
                                    + GoPrint.of(value)
                                    + "}");
                }
            }
            case NUMBER -> {
                if (!value.isNumber()) {
                    fault("expected numeric (int or float), got " + goType(value));
                }
            }
            case BOOLEAN -> check(value, value.isBoolean(), "boolean");
            case ANY_SCALAR -> check(value, value.isValueNode(), "any scalar");
            case LIST, ATOMIC_LIST -> {
                if (check(value, value.isArray(), "list")) {
                    items(value, type);
                }
            }
            case STRUCT, MAP, ATOMIC_STRUCT, ATOMIC_MAP -> {
                if (check(value, value.isObject(), "map")) {
                    members(value, type);
                }
            }
            case UNTYPED -> {}
        }
    }

    private boolean check(JsonNode value, boolean fits, String expected) {
        if (!fits) {
            fault("expected " + expected + ", got &{" + GoPrint.of(value) + "}");
        }
        return fits;
    }

    private static String goType(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case ARRAY -> "[]interface {}";
            default -> "map[string]interface {}";
        };
    }

    private void members(JsonNode object, ValueType type) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            path.field(field.getKey());
            ValueType child = type.member(field.getKey());
            if (child == null) {
                fault("field not declared in schema");
                path.pop();
                return;
            }
            value(field.getValue(), child);
            path.pop();
        }
    }

    private void items(JsonNode list, ValueType type) {
        Set<String> seen = new HashSet<>();
        ValueType itemType = type.item();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            String element;
            try {
                element =
                        type.form() == ValueType.Form.LIST
                                ? type.itemElement(item)
                                : Element.index(i);
            } catch (IllegalArgumentException e) {
                fault("element " + i + ": " + e.getMessage());
                return;
            }
            if (!seen.add(element)) {
                fault("duplicate entries for key " + Element.shown(element));
            }
            path.item(element);
            value(item, itemType);
            path.pop();
        }
    }
}
