package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schema demands of a value of its type. Numbers are null where they are not given.
 *
 * @param format empty where it is not given, or none that is checked
 * @param pattern found in linear time, whatever users write
 */
record Bounds(
        String format,
        @Nullable Double minimum,
        @Nullable Double maximum,
        boolean exclusiveMinimum,
        boolean exclusiveMaximum,
        @Nullable Double multipleOf,
        @Nullable Long minLength,
        @Nullable Long maxLength,
        @Nullable Long minItems,
        @Nullable Long maxItems,
        @Nullable Long minProperties,
        @Nullable Long maxProperties,
        boolean uniqueItems,
        String patternText,
        @Nullable Pattern pattern,
        List<JsonNode> allowed,
        List<String> required,
        List<Structural> allOf,
        List<Structural> anyOf,
        List<Structural> oneOf,
        @Nullable Structural not) {

    static Bounds of(JsonNode schema) {
        String pattern = schema.path("pattern").asText("");
        List<JsonNode> allowed = new ArrayList<>();
        schema.path("enum").forEach(allowed::add);
        return new Bounds(
                Formats.checked(schema.path("format").asText(""), schema.path("type").asText("")),
                number(schema, "minimum"),
                number(schema, "maximum"),
                schema.path("exclusiveMinimum").asBoolean(),
                schema.path("exclusiveMaximum").asBoolean(),
                number(schema, "multipleOf"),
                count(schema, "minLength"),
                count(schema, "maxLength"),
                count(schema, "minItems"),
                count(schema, "maxItems"),
                count(schema, "minProperties"),
                count(schema, "maxProperties"),
                schema.path("uniqueItems").asBoolean(),
                pattern,
                compiled(pattern),
                List.copyOf(allowed),
                Structural.texts(schema.path("required")),
                Structural.list(schema.path("allOf")),
                Structural.list(schema.path("anyOf")),
                Structural.list(schema.path("oneOf")),
                schema.path("not").isObject() ? Structural.of(schema.path("not")) : null);
    }

    private static @Nullable Double number(JsonNode schema, String field) {
        JsonNode value = schema.path(field);
        return value.isNumber() ? (Double) value.doubleValue() : null;
    }

    private static @Nullable Long count(JsonNode schema, String field) {
        JsonNode value = schema.path(field);
        return value.isNumber() ? (Long) value.longValue() : null;
    }

    /** Null for none, and for one that is none: that is refused where the schema is checked. */
    private static @Nullable Pattern compiled(String pattern) {
        try {
            return pattern.isEmpty() ? null : Pattern.compile(pattern);
        } catch (PatternSyntaxException _) {
            return null;
        }
    }
}
