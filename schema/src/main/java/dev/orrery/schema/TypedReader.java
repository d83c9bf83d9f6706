package dev.orrery.schema;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object from a token stream by its type, as Go's decoder fills a struct: the first type
 * error is remembered and the reading goes on, so that apiVersion and kind are known in the end.
 * Used once, by one thread.
 */
final class TypedReader {

    static final String NO_KIND = "couldn't get version/kind; json parse error: ";

    private static final String KIND_STRUCT =
            "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
                    + " Kind string \"json:\\\"kind,omitempty\\\"\" }";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser in;
    private final FieldStack stack = new FieldStack();
    private final Findings findings = new Findings(stack);
    private final ScalarReader scalars;

    TypedReader(JsonParser in) {
        this.in = in;
        this.scalars = new ScalarReader(in, findings);
    }

    /** The whole of it, from its first token. */
    ObjectNode read(@Nullable JsonToken first, StructType type)
            throws IOException, DecodeException {
        if (first == null) {
            throw new JsonParseException(in, "empty");
        }
        if (first == JsonToken.VALUE_NULL) {
            return NODES.objectNode();
        }
        if (first != JsonToken.START_OBJECT) {
            throw DecodeException.unrecognized(
                    NO_KIND
                            + "json: cannot unmarshal "
                            + Findings.valueName(first)
                            + " into Go value of type "
                            + KIND_STRUCT);
        }
        return struct(type);
    }

    Decoded finish(ObjectNode object) throws DecodeException {
        return findings.decoded(object);
    }

    private ObjectNode struct(StructType type) throws IOException {
        ObjectNode node = NODES.objectNode();
        long seen = 0;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            Field field = type.field(name);
            if (field == null) {
                findings.unknown(name);
                in.nextToken();
                in.skipChildren();
                continue;
            }
            long bit = 1L << field.index();
            if ((seen & bit) != 0) {
                findings.duplicate(name);
                node.remove(name);
            }
            seen |= bit;
            stack.field(type, field.name());
            JsonNode value = value(field.shape(), in.nextToken());
            if (value != null && !(field.dropsZero() && Zero.is(field.shape(), value))) {
                node.set(field.name(), value);
            }
            stack.pop();
        }
        return node;
    }

    /** Null where there is none, or only one of a wrong type. */
    private @Nullable JsonNode value(Shape shape, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (shape.kind()) {
            case STRUCT ->
                    token == JsonToken.START_OBJECT
                            ? struct(shape.struct())
                            : mismatch(token, shape);
            case LIST ->
                    token == JsonToken.START_ARRAY ? list(shape.element()) : mismatch(token, shape);
            case MAP ->
                    token == JsonToken.START_OBJECT ? map(shape.element()) : mismatch(token, shape);
            case ANY -> any(token);
            case SCHEMA_OR_BOOL -> schemaOrBool(shape, token);
            case SCHEMA_OR_LIST -> schemaOr(shape, token, true);
            case SCHEMA_OR_STRINGS -> schemaOr(shape, token, false);
            default -> scalars.read(shape, token);
        };
    }

    private ArrayNode list(Shape element) throws IOException {
        ArrayNode node = NODES.arrayNode();
        int index = 0;
        for (JsonToken token = in.nextToken();
                token != JsonToken.END_ARRAY;
                token = in.nextToken()) {
            stack.index(index++);
            node.add(element(element, token));
            stack.pop();
        }
        return node;
    }

    private ObjectNode map(Shape element) throws IOException {
        ObjectNode node = NODES.objectNode();
        for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
            if (node.has(key)) {
                findings.duplicate(key);
            }
            stack.key(key);
            node.set(key, element(element, in.nextToken()));
            stack.pop();
        }
        return node;
    }

    /** A null in a list or map is the zero value of its elements. */
    private JsonNode element(Shape shape, JsonToken token) throws IOException {
        JsonNode value = value(shape, token);
        return value == null ? Zero.of(shape) : value;
    }

    private JsonNode any(JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            ObjectNode node = NODES.objectNode();
            for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
                node.set(key, any(in.nextToken()));
            }
            return node;
        }
        if (token == JsonToken.START_ARRAY) {
            ArrayNode node = NODES.arrayNode();
            for (JsonToken next = in.nextToken();
                    next != JsonToken.END_ARRAY;
                    next = in.nextToken()) {
                node.add(any(next));
            }
            return node;
        }
        return scalars.any(token);
    }

    private @Nullable JsonNode schemaOrBool(Shape shape, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return BooleanNode.valueOf(token == JsonToken.VALUE_TRUE);
        }
        if (token == JsonToken.START_OBJECT) {
            return quietly(shape);
        }
        in.skipChildren();
        findings.fault("boolean or JSON schema expected");
        return null;
    }

    /** A schema, or a list of schemas or of texts; anything else is left out without a word. */
    private @Nullable JsonNode schemaOr(Shape shape, JsonToken token, boolean schemas)
            throws IOException {
        if (token == JsonToken.START_OBJECT) {
            return quietly(shape);
        }
        if (token != JsonToken.START_ARRAY) {
            return null;
        }
        ArrayNode node = NODES.arrayNode();
        for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
            if (schemas && next == JsonToken.START_OBJECT) {
                node.add(quietly(shape));
            } else if (!schemas && next == JsonToken.VALUE_STRING) {
                node.add(TextNode.valueOf(in.getText()));
            } else {
                in.skipChildren();
            }
        }
        return node;
    }

    /** Go reads these by a decoder of their own, which is never strict. */
    private ObjectNode quietly(Shape shape) throws IOException {
        findings.pause();
        ObjectNode schema = struct(shape.struct());
        findings.resume();
        return schema;
    }

    private @Nullable JsonNode mismatch(JsonToken token, Shape shape) throws IOException {
        in.skipChildren();
        findings.mismatch(Findings.valueName(token), shape.goType());
        return null;
    }
}
