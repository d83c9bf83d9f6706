package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills in what is left out. Absent, null and, for texts, empty count as left out. */
public final class Defaults {

    private Defaults() {}

    public static boolean isAbsent(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull();
    }

    public static void text(ObjectNode object, String name, String value) {
        JsonNode present = object.get(name);
        if (present == null || present.isNull() || isEmptyText(present)) {
            object.put(name, value);
        }
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isTextual() && value.textValue().isEmpty();
    }

    public static void number(ObjectNode object, String name, int value) {
        if (isAbsent(object, name)) {
            object.put(name, value);
        }
    }

    /** For numbers that Kubernetes keeps without a pointer, so that zero is nothing. */
    public static void numberUnlessZero(ObjectNode object, String name, int value) {
        JsonNode present = object.get(name);
        if (present == null || present.isNull() || present.asLong() == 0) {
            object.put(name, value);
        }
    }

    public static void flag(ObjectNode object, String name, boolean value) {
        if (isAbsent(object, name)) {
            object.put(name, value);
        }
    }

    /** The object of that name, made where there is none. */
    public static ObjectNode object(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode present ? present : parent.putObject(name);
    }

    /** The list of that name, made where there is none. */
    public static ArrayNode list(ObjectNode parent, String name) {
        return parent.get(name) instanceof ArrayNode present ? present : parent.putArray(name);
    }

    public static @Nullable ObjectNode existing(JsonNode parent, String name) {
        return parent.get(name) instanceof ObjectNode present ? present : null;
    }

    /** The objects in the list of that name; none where there is no list. */
    public static List<ObjectNode> objects(JsonNode parent, String name) {
        JsonNode list = parent.path(name);
        List<ObjectNode> objects = new ArrayList<>(list.size());
        for (JsonNode item : list) {
            if (item instanceof ObjectNode object) {
                objects.add(object);
            }
        }
        return objects;
    }
}
