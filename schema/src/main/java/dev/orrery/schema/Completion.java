package dev.orrery.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Writes out what Kubernetes' answers always contain, though nobody gave it: {@code resources: {}},
 * {@code status: {}}, {@code restartCount: 0}. The last step before an object is stored; what
 * {@link Decoder} drops again where it means nothing.
 */
public final class Completion {

    private Completion() {}

    /** Changes the object. */
    public static void complete(ObjectNode object, StructType type) {
        for (Field field : type.fields()) {
            JsonNode value = object.get(field.name());
            if (value != null) {
                within(field.shape(), value);
            } else if (isAlwaysThere(field)) {
                JsonNode zero = Zero.of(field.shape());
                within(field.shape(), zero);
                object.set(field.name(), zero);
            }
        }
    }

    private static void within(Shape shape, JsonNode value) {
        switch (shape.kind()) {
            case STRUCT -> complete((ObjectNode) value, shape.struct());
            case LIST, MAP -> {
                if (shape.element().kind() == Shape.Kind.STRUCT) {
                    value.forEach(element -> within(shape.element(), element));
                }
            }
            default -> {}
        }
    }

    /** What a field holds that nobody gave; null where it is simply not there. */
    public static @Nullable JsonNode implied(Field field) {
        if (isAlwaysThere(field)) {
            return Zero.of(field.shape());
        }
        boolean meta = field.name().equals("apiVersion") || field.name().equals("kind");
        return field.always() && !meta ? NullNode.instance : null;
    }

    /** Structs held by value are never left out; their zero is an empty object. */
    private static boolean isAlwaysThere(Field field) {
        if (field.pointer() || field.name().equals("apiVersion") || field.name().equals("kind")) {
            return false;
        }
        return switch (field.shape().kind()) {
            case STRUCT, QUANTITY, INT_OR_STRING -> true;
            case STRING, BOOL, INT32, INT64, DOUBLE -> field.always();
            default -> false;
        };
    }
}
