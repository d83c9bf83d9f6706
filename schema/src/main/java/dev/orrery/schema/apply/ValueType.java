package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.schema.Completion;
import dev.orrery.schema.Field;
import dev.orrery.schema.Merging;
import dev.orrery.schema.Merging.Topology;
import dev.orrery.schema.Shape;
import dev.orrery.schema.StructType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How server-side apply sees a value: as one whole, or as the parts that it is made of.
 *
 * @param struct of a struct, whole or not
 * @param element of a map or list
 * @param keys of a list's items; none for a set
 */
record ValueType(
        Form form, @Nullable StructType struct, @Nullable Shape element, List<String> keys) {

    enum Form {
        TEXT,
        NUMBER,
        BOOLEAN,
        ANY_SCALAR,
        ATOMIC_LIST,
        /** Of items with keys, or a set. */
        LIST,
        ATOMIC_STRUCT,
        STRUCT,
        ATOMIC_MAP,
        MAP,
        /** Maps by their entries, all else as a whole. */
        UNTYPED
    }

    private static final Map<Form, ValueType> PLAIN =
            Map.of(
                    Form.TEXT, plain(Form.TEXT),
                    Form.NUMBER, plain(Form.NUMBER),
                    Form.BOOLEAN, plain(Form.BOOLEAN),
                    Form.ANY_SCALAR, plain(Form.ANY_SCALAR),
                    Form.UNTYPED, plain(Form.UNTYPED));

    private static ValueType plain(Form form) {
        return new ValueType(form, null, null, List.of());
    }

    private static ValueType scalar(Form form) {
        return Objects.requireNonNull(PLAIN.get(form));
    }

    static ValueType of(StructType struct) {
        return new ValueType(Form.STRUCT, struct, null, List.of());
    }

    static ValueType of(Shape shape, Merging merging) {
        boolean whole = merging.topology() == Topology.ATOMIC;
        return switch (shape.kind()) {
            case STRING, BYTES, DURATION -> scalar(Form.TEXT);
            case BOOL -> scalar(Form.BOOLEAN);
            case INT32, INT64, DOUBLE -> scalar(Form.NUMBER);
            case TIME, MICRO_TIME, QUANTITY, INT_OR_STRING -> scalar(Form.ANY_SCALAR);
            case ANY, SCHEMA_OR_BOOL, SCHEMA_OR_LIST, SCHEMA_OR_STRINGS -> scalar(Form.UNTYPED);
            case STRUCT ->
                    new ValueType(
                            whole || shape.struct().atomic() ? Form.ATOMIC_STRUCT : Form.STRUCT,
                            shape.struct(),
                            null,
                            List.of());
            case MAP ->
                    new ValueType(
                            whole ? Form.ATOMIC_MAP : Form.MAP, null, shape.element(), List.of());
            case LIST -> list(shape, merging);
        };
    }

    private static ValueType list(Shape shape, Merging merging) {
        boolean parts = merging.topology() == Topology.MAP || merging.topology() == Topology.SET;
        return new ValueType(
                parts ? Form.LIST : Form.ATOMIC_LIST, null, shape.element(), merging.keys());
    }

    boolean isWhole() {
        return switch (form) {
            case STRUCT, MAP, LIST, UNTYPED -> false;
            default -> true;
        };
    }

    /** Of the items of a list. */
    ValueType item() {
        if (element == null) {
            return scalar(Form.UNTYPED);
        }
        return of(element, Merging.DEFAULT);
    }

    /** Of a field or an entry; null for a field that a struct does not have. */
    @Nullable ValueType member(String name) {
        if (struct == null) {
            return item();
        }
        Field field = struct.field(name);
        if (field != null) {
            return of(field.shape(), field.merging());
        }
        return struct.others() == null ? null : of(struct.others(), Merging.DEFAULT);
    }

    boolean declares(String name) {
        return struct != null && struct.field(name) != null;
    }

    /** What a field holds that is not there, while its struct is; null for nothing. */
    @Nullable JsonNode implied(String name) {
        Field field = struct == null ? null : struct.field(name);
        return field == null ? null : Completion.implied(field);
    }

    /**
     * Which item of the list it is.
     *
     * @throws IllegalArgumentException where it cannot be told
     */
    String itemElement(JsonNode item) {
        return keys.isEmpty() ? setElement(item) : keyElement(item);
    }

    private static String setElement(JsonNode item) {
        if (item.isObject()) {
            throw new IllegalArgumentException(
                    "associative list without keys has an element that's a map type");
        }
        if (item.isArray()) {
            throw new IllegalArgumentException(
                    "not supported: associative list with lists as elements");
        }
        if (item.isNull()) {
            throw new IllegalArgumentException(
                    "associative list without keys has an element that's an explicit null");
        }
        return Element.value(item);
    }

    private String keyElement(JsonNode item) {
        if (!item.isObject()) {
            throw new IllegalArgumentException(
                    item.isNull()
                            ? "associative list with keys may not have a null element"
                            : "associative list with keys may not have non-map elements");
        }
        Map<String, JsonNode> found = new TreeMap<>();
        for (String key : keys) {
            JsonNode value = item.get(key);
            value = value == null ? keyDefault(key) : value;
            if (value != null) {
                found.put(key, value);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "associative list with keys has an element that omits all key fields "
                            + keys.stream().collect(Collectors.joining("\" \"", "[\"", "\"]"))
                            + " (and doesn't have default values for any key fields)");
        }
        return Element.key(found);
    }

    private @Nullable JsonNode keyDefault(String key) {
        Field field = element == null || !element.isStruct() ? null : element.struct().field(key);
        if (field != null && field.keyDefault() != null) {
            return field.keyDefault();
        }
        return field == null ? null : Completion.implied(field);
    }
}
