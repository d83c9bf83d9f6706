package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema of a CustomResourceDefinition, read once so that objects can be walked along it.
 * Immutable. Schemas below {@code allOf}, {@code anyOf}, {@code oneOf} and {@code not} only check.
 *
 * @param type empty where none is given
 * @param preserves fields that are not declared stay
 * @param embedded the value is an object of the API, with its own metadata
 * @param items of an array
 * @param listType {@code atomic}, {@code set}, {@code map}, or empty
 * @param mapKeys that tell the items of a {@code map} list apart
 * @param source as it was written
 */
public record Structural(
        String type,
        boolean nullable,
        boolean preserves,
        boolean embedded,
        boolean intOrString,
        Map<String, Structural> properties,
        @Nullable Additional additional,
        @Nullable Structural items,
        @Nullable JsonNode defaultValue,
        String listType,
        List<String> mapKeys,
        Bounds bounds,
        JsonNode source) {

    /** A schema that says nothing. */
    public static final Structural NOTHING = of(MissingNode.getInstance());

    /**
     * {@code additionalProperties}.
     *
     * @param schema null where only a yes or no is given
     */
    public record Additional(boolean allowed, @Nullable Structural schema) {}

    public static Structural of(JsonNode schema) {
        JsonNode fallback = schema.get("default");
        return new Structural(
                schema.path("type").asText(""),
                schema.path("nullable").asBoolean(),
                schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(),
                schema.path("x-kubernetes-embedded-resource").asBoolean(),
                schema.path("x-kubernetes-int-or-string").asBoolean(),
                children(schema.path("properties")),
                additional(schema.get("additionalProperties")),
                schema.path("items").isObject() ? of(schema.path("items")) : null,
                fallback == null || fallback.isNull() ? null : fallback,
                schema.path("x-kubernetes-list-type").asText(""),
                texts(schema.path("x-kubernetes-list-map-keys")),
                Bounds.of(schema),
                schema);
    }

    private static Map<String, Structural> children(JsonNode properties) {
        Map<String, Structural> children = new LinkedHashMap<>();
        properties.properties().forEach(one -> children.put(one.getKey(), of(one.getValue())));
        return Collections.unmodifiableMap(children);
    }

    private static @Nullable Additional additional(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isObject()
                ? new Additional(true, of(value))
                : new Additional(value.asBoolean(), null);
    }

    static List<Structural> list(JsonNode schemas) {
        List<Structural> list = new ArrayList<>(schemas.size());
        schemas.forEach(schema -> list.add(of(schema)));
        return List.copyOf(list);
    }

    static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>(values.size());
        values.forEach(value -> texts.add(value.asText()));
        return List.copyOf(texts);
    }

    /** The schema of a field; null where nothing is said of it. */
    public @Nullable Structural child(String name) {
        Structural declared = properties.get(name);
        if (declared != null) {
            return declared;
        }
        return additional == null ? null : additional.schema();
    }

    /** Whether the value at the root of an object has this schema: it has metadata. */
    boolean isResource(boolean root) {
        return root || embedded;
    }

    /** As messages name it. */
    String typeName() {
        return intOrString ? "integer,string" : type;
    }
}
