package dev.orrery.apiserver.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.orrery.apiserver.cel.DeclaredType.ListOf;
import dev.orrery.apiserver.cel.DeclaredType.Scalar;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** JSON as values of expressions, and the other way round. */
public final class Json {

    /** What an expression calls null. */
    public static final Object NULL = NullValue.NULL_VALUE;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** The value as an expression sees it; objects and arrays are not copied. */
    public static Object wrap(JsonNode node, DeclaredType type) {
        return switch (node) {
            case ObjectNode object -> new JsonObject(object, type);
            case ArrayNode array ->
                    new JsonList(
                            array,
                            type instanceof ListOf(DeclaredType element)
                                    ? element
                                    : DeclaredType.DYN);
            default -> scalar(node, type);
        };
    }

    private static Object scalar(JsonNode node, DeclaredType type) {
        return switch (node.getNodeType()) {
            case STRING -> text(node.textValue(), type);
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node, type);
            default -> NULL;
        };
    }

    /** Two returns: a conditional expression would make both kinds of number the same. */
    private static Object number(JsonNode node, DeclaredType type) {
        if (node.isFloatingPointNumber() || type == Scalar.DOUBLE) {
            return node.doubleValue();
        }
        return node.longValue();
    }

    /** What is not of the form that its type has stays a text, and fails where it is used. */
    private static Object text(String text, DeclaredType type) {
        if (!(type instanceof Scalar scalar)) {
            return text;
        }
        try {
            return switch (scalar) {
                case BYTES -> CelByteString.of(Base64.getDecoder().decode(text));
                case TIMESTAMP -> OffsetDateTime.parse(text).toInstant();
                case DURATION -> GoDuration.parse(text);
                default -> text;
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            return text;
        }
    }

    /**
     * The JSON that a value stands for; the caller's own.
     *
     * @throws IllegalArgumentException where JSON has nothing like it
     */
    public static JsonNode of(Object value) {
        return switch (value) {
            case JsonObject object -> object.node().deepCopy();
            case JsonList list -> list.node().deepCopy();
            case String text -> NODES.textNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Long number -> NODES.numberNode(number);
            case UnsignedLong number -> NODES.numberNode(number.bigIntegerValue());
            case Double number -> NODES.numberNode(number);
            case Instant time -> NODES.textNode(time.toString());
            case Duration duration -> NODES.textNode(GoDuration.format(duration));
            case CelByteString bytes ->
                    NODES.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Optional<?> optional -> optional.map(Json::of).orElse(NODES.nullNode());
            case Map<?, ?> map -> object(map);
            case Collection<?> elements -> array(elements);
            case NullValue _ -> NODES.nullNode();
            default ->
                    throw new IllegalArgumentException(
                            "no JSON for " + value.getClass().getSimpleName());
        };
    }

    private static ObjectNode object(Map<?, ?> map) {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("map key " + key + " is not a string");
            }
            object.set(name, of(value));
        });
        return object;
    }

    private static ArrayNode array(Collection<?> elements) {
        ArrayNode array = NODES.arrayNode(elements.size());
        elements.forEach(element -> array.add(of(element)));
        return array;
    }
}
