package dev.orrery.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schema of a kind as OpenAPI shows it: with the metadata that all objects have, and, in v2,
 * without what v2 and its clients do not understand.
 */
final class CustomSchema {

    private static final String KINDS = "x-kubernetes-group-version-kind";
    private static final String PRESERVES = "x-kubernetes-preserve-unknown-fields";
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String METADATA =
            "Standard object's metadata. More info:"
                    + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";
    private static final String CONVENTIONS =
            " More info:"
                    + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#";
    private static final String API_VERSION =
            "APIVersion defines the versioned schema of this representation of an object. Servers"
                    + " should convert recognized schemas to the latest internal value, and may"
                    + " reject unrecognized values."
                    + CONVENTIONS
                    + "resources";
    private static final String KIND =
            "Kind is a string value representing the REST resource this object represents. Servers"
                    + " may infer this from the endpoint the client submits requests to. Cannot be"
                    + " updated. In CamelCase."
                    + CONVENTIONS
                    + "types-kinds";

    private final boolean v2;

    CustomSchema(boolean v2) {
        this.v2 = v2;
    }

    /** {@code com.example.stable.v1.CronTab}. */
    static String name(String group, String version, String kind) {
        List<String> parts = List.of(group.split("\\."));
        return String.join(".", parts.reversed()) + "." + version + "." + kind;
    }

    /**
     * @param source as its definition says it; missing where it says nothing
     */
    ObjectNode of(Kind kind, JsonNode source) {
        ObjectNode schema;
        boolean free = source.path(PRESERVES).asBoolean();
        if (source.isMissingNode() || (v2 && free)) {
            // Clients take an object of which some fields are known for one that has no others.
            schema = Trees.object().put("type", "object");
        } else {
            schema = structural(source);
            addMeta(schema, "ObjectMeta", METADATA);
        }
        addKind(schema, kind, kind.kind());
        return schema;
    }

    ObjectNode list(Kind kind) {
        ObjectNode schema =
                Trees.object()
                        .put("description", kind.listKind() + " is a list of " + kind.kind())
                        .put("type", "object");
        schema.putArray("required").add("items");
        ObjectNode items =
                schema.putObject("properties")
                        .putObject("items")
                        .put(
                                "description",
                                "List of "
                                        + kind.plural()
                                        + ". More info:"
                                        + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md")
                        .put("type", "array");
        items.putObject("items")
                .put("$ref", prefix() + name(kind.group(), kind.version(), kind.kind()));
        addMeta(schema, "ListMeta", "Standard list metadata." + CONVENTIONS + "types-kinds");
        addKind(schema, kind, kind.listKind());
        return schema;
    }

    private String prefix() {
        return v2 ? "#/definitions/" : "#/components/schemas/";
    }

    private void addMeta(ObjectNode schema, String type, String description) {
        ObjectNode properties = schema.withObjectProperty("properties");
        properties.putObject("apiVersion").put("description", API_VERSION).put("type", "string");
        properties.putObject("kind").put("description", KIND).put("type", "string");
        ObjectNode metadata = properties.putObject("metadata").put("description", description);
        if (v2) {
            metadata.put("$ref", prefix() + META + type);
        } else {
            metadata.putArray("allOf").addObject().put("$ref", prefix() + META + type);
        }
    }

    private static void addKind(ObjectNode schema, Kind kind, String name) {
        schema.putArray(KINDS)
                .addObject()
                .put("group", kind.group())
                .put("kind", name)
                .put("version", kind.version());
    }

    /** Every schema within, down to the last. */
    private ObjectNode structural(JsonNode source) {
        ObjectNode schema = Trees.object();
        Set<String> dropped = v2 ? dropped(source) : Set.of();
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            String name = field.getKey();
            if (!dropped.contains(name)) {
                schema.set(name, within(name, field.getValue()));
            }
        }
        if (v2) {
            allowNulls(schema, source);
        } else if (source.path("x-kubernetes-int-or-string").asBoolean() && !schema.has("anyOf")) {
            ArrayNode either = schema.putArray("anyOf");
            either.addObject().put("type", "integer");
            either.addObject().put("type", "string");
        }
        boolean shown = !(v2 && source.path(PRESERVES).asBoolean());
        if (source.path("x-kubernetes-embedded-resource").asBoolean() && shown) {
            addMeta(schema, "ObjectMeta", METADATA);
            ArrayNode required = schema.withArrayProperty("required");
            for (String name : List.of("kind", "apiVersion")) {
                if (required.valueStream().noneMatch(one -> one.asText().equals(name))) {
                    required.add(name);
                }
            }
        }
        return schema;
    }

    private JsonNode within(String name, JsonNode value) {
        return switch (name) {
            case "properties" -> {
                ObjectNode properties = Trees.object();
                value.properties()
                        .forEach(one -> properties.set(one.getKey(), structural(one.getValue())));
                yield properties;
            }
            case "items", "additionalProperties" -> value.isObject() ? structural(value) : value;
            default -> value;
        };
    }

    private static Set<String> dropped(JsonNode source) {
        Set<String> dropped = new HashSet<>(Set.of("allOf", "anyOf", "oneOf", "not", "nullable"));
        boolean nullable = source.path("nullable").asBoolean();
        boolean preserves = source.path(PRESERVES).asBoolean();
        String type = source.path("type").asText("");
        if (nullable || preserves) {
            dropped.add("items");
            dropped.add("properties");
        }
        boolean bare = type.equals("array") && (dropped.contains("items") || !source.has("items"));
        if (nullable || bare || (preserves && type.equals("object"))) {
            dropped.add("type");
        }
        return dropped;
    }

    /** What may be null is not required: v2 does not know null. */
    private static void allowNulls(ObjectNode schema, JsonNode source) {
        if (!(schema.get("required") instanceof ArrayNode required)) {
            return;
        }
        ArrayNode left = required.arrayNode();
        boolean all = source.path("additionalProperties").path("nullable").asBoolean();
        for (JsonNode name : required) {
            JsonNode property = source.path("properties").path(name.asText());
            if (!all && !property.path("nullable").asBoolean()) {
                left.add(name);
            }
        }
        if (left.isEmpty()) {
            schema.remove("required");
        } else {
            schema.set("required", left);
        }
    }
}
