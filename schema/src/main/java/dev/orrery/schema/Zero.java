package dev.orrery.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Go's zero values. */
final class Zero {

    private static final TextNode EMPTY = TextNode.valueOf("");
    private static final TextNode QUANTITY = TextNode.valueOf("0");

    private Zero() {}

    /** Whether Go leaves the value out where the field is held by value and may be omitted. */
    static boolean is(Shape shape, JsonNode value) {
        return switch (shape.kind()) {
            case STRING, BYTES -> value.textValue().isEmpty();
            case BOOL -> !value.booleanValue();
            case INT32, INT64, DOUBLE -> value.doubleValue() == 0;
            case LIST, MAP -> value.isEmpty();
            default -> false;
        };
    }

    static JsonNode of(Shape shape) {
        return switch (shape.kind()) {
            case STRING, BYTES -> EMPTY;
            case BOOL -> BooleanNode.FALSE;
            case INT32, INT64, DOUBLE, INT_OR_STRING -> IntNode.valueOf(0);
            case QUANTITY -> QUANTITY;
            case STRUCT, MAP -> JsonNodeFactory.instance.objectNode();
            case LIST -> JsonNodeFactory.instance.arrayNode();
            default -> NullNode.instance;
        };
    }
}
