package dev.orrery.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads texts, numbers and the types that are written as such. Null: it was of a wrong type. */
final class ScalarReader {

    private final JsonParser in;
    private final Findings findings;

    ScalarReader(JsonParser in, Findings findings) {
        this.in = in;
        this.findings = findings;
    }

    @Nullable JsonNode read(Shape shape, JsonToken token) throws IOException {
        return switch (shape.kind()) {
            case STRING ->
                    token == JsonToken.VALUE_STRING
                            ? TextNode.valueOf(in.getText())
                            : mismatch(token, shape);
            case BOOL ->
                    token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE
                            ? BooleanNode.valueOf(token == JsonToken.VALUE_TRUE)
                            : mismatch(token, shape);
            case INT32 -> integer(shape, token, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> integer(shape, token, Long.MIN_VALUE, Long.MAX_VALUE);
            case DOUBLE -> token.isNumeric() ? number(token) : mismatch(token, shape);
            case BYTES ->
                    token == JsonToken.VALUE_STRING
                            ? canonical(shape, in.getText())
                            : mismatch(token, shape);
            case TIME, MICRO_TIME, DURATION ->
                    token == JsonToken.VALUE_STRING
                            ? canonical(shape, in.getText())
                            : faulty(token, "string");
            case QUANTITY -> quantity(shape, token);
            case INT_OR_STRING -> intOrString(token);
            default -> throw new IllegalStateException(shape + " is no scalar");
        };
    }

    /** Of any type. */
    JsonNode any(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> TextNode.valueOf(in.getText());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.instance;
            default -> number(token);
        };
    }

    private JsonNode number(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            JsonParser.NumberType type = in.getNumberType();
            if (type == JsonParser.NumberType.INT) {
                return IntNode.valueOf(in.getIntValue());
            }
            if (type == JsonParser.NumberType.LONG) {
                return LongNode.valueOf(in.getLongValue());
            }
        }
        return DoubleNode.valueOf(in.getDoubleValue());
    }

    /** A whole number is an IntNode wherever it fits, so that equal numbers are equal nodes. */
    private @Nullable JsonNode integer(Shape shape, JsonToken token, long min, long max)
            throws IOException {
        if (!token.isNumeric()) {
            return mismatch(token, shape);
        }
        if (token == JsonToken.VALUE_NUMBER_INT
                && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = in.getLongValue();
            if (value >= min && value <= max) {
                return number(value);
            }
        }
        findings.mismatch("number " + in.getText(), shape.goType());
        return null;
    }

    static JsonNode number(long value) {
        return (int) value == value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    private @Nullable JsonNode quantity(Shape shape, JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            in.skipChildren();
            findings.fault(Quantities.WRONG_FORMAT);
            return null;
        }
        return canonical(shape, in.getText());
    }

    private @Nullable JsonNode canonical(Shape shape, String text) {
        try {
            return TextNode.valueOf(Canonical.text(shape.kind(), text));
        } catch (IllegalArgumentException e) {
            findings.fault(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable JsonNode intOrString(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return TextNode.valueOf(in.getText());
        }
        if (!token.isNumeric()) {
            return faulty(token, "int32");
        }
        if (token == JsonToken.VALUE_NUMBER_INT
                && in.getNumberType() == JsonParser.NumberType.INT) {
            return IntNode.valueOf(in.getIntValue());
        }
        findings.faultyType("number " + in.getText(), "int32");
        return null;
    }

    private @Nullable JsonNode mismatch(JsonToken token, Shape shape) throws IOException {
        in.skipChildren();
        findings.mismatch(Findings.valueName(token), shape.goType());
        return null;
    }

    private @Nullable JsonNode faulty(JsonToken token, String goType) throws IOException {
        in.skipChildren();
        findings.faultyType(Findings.valueName(token), goType);
        return null;
    }
}
