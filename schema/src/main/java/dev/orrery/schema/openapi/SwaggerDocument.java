package dev.orrery.schema.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one OpenAPI v2 document, put together from those of v3: what v3 says in ways that v2 does not
 * know is said in v2's own. That of the built-in groups is made at build time.
 */
public final class SwaggerDocument {

    private static final String V3_SCHEMAS = "#/components/schemas/";
    private static final String V2_SCHEMAS = "#/definitions/";
    private static final String KINDS = "x-kubernetes-group-version-kind";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, JsonNode> definitions = new TreeMap<>();
    private final Map<String, JsonNode> paths = new TreeMap<>();

    public void add(byte[] document) throws IOException {
        JsonNode v3 = MAPPER.readTree(document);
        for (Map.Entry<String, JsonNode> schema :
                v3.path("components").path("schemas").properties()) {
            JsonNode definition = schema(schema.getValue());
            definitions.merge(schema.getKey(), definition, SwaggerDocument::withAllKinds);
        }
        for (Map.Entry<String, JsonNode> path : v3.path("paths").properties()) {
            paths.put(path.getKey(), path(path.getValue()));
        }
    }

    /** Options for deletion and answers are of a kind in every group. */
    private static JsonNode withAllKinds(JsonNode some, JsonNode more) {
        if (some.path(KINDS) instanceof ArrayNode kinds) {
            for (JsonNode kind : more.path(KINDS)) {
                boolean known = false;
                for (JsonNode other : kinds) {
                    known |= other.equals(kind);
                }
                if (!known) {
                    kinds.add(kind);
                }
            }
        }
        return some;
    }

    /**
     * @param version of the API
     */
    public byte[] write(String version) throws IOException {
        ObjectNode document = MAPPER.createObjectNode().put("swagger", "2.0");
        document.putObject("info").put("title", "Kubernetes").put("version", version);
        document.putObject("paths").setAll(paths);
        document.putObject("definitions").setAll(definitions);
        return MAPPER.writeValueAsBytes(document);
    }

    /** One of v3's paths as v2 says it. */
    public static ObjectNode path(JsonNode v3) {
        ObjectNode path = MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> part : v3.properties()) {
            if (part.getKey().equals("parameters")) {
                path.set("parameters", parameters(part.getValue()));
            } else {
                path.set(part.getKey(), operation(part.getValue()));
            }
        }
        return path;
    }

    private static ArrayNode parameters(JsonNode v3) {
        ArrayNode parameters = MAPPER.createArrayNode();
        for (JsonNode one : v3) {
            ObjectNode parameter = parameters.addObject();
            parameter.setAll((ObjectNode) one);
            parameter.remove("schema");
            parameter.setAll((ObjectNode) one.path("schema"));
        }
        return parameters;
    }

    private static ObjectNode operation(JsonNode v3) {
        ObjectNode operation = MAPPER.createObjectNode();
        ArrayNode parameters = parameters(v3.path("parameters"));
        JsonNode bodies = v3.path("requestBody").path("content");
        if (!bodies.isEmpty()) {
            ArrayNode consumes = operation.putArray("consumes");
            bodies.fieldNames().forEachRemaining(consumes::add);
            parameters
                    .addObject()
                    .put("name", "body")
                    .put("in", "body")
                    .put("required", true)
                    .set("schema", schema(bodies.iterator().next().path("schema")));
        }
        ArrayNode produces = operation.putArray("produces");
        operation.set("parameters", parameters);
        ObjectNode responses = operation.putObject("responses");
        for (Map.Entry<String, JsonNode> response : v3.path("responses").properties()) {
            JsonNode content = response.getValue().path("content");
            content.fieldNames().forEachRemaining(produces::add);
            responses
                    .putObject(response.getKey())
                    .put("description", response.getValue().path("description").asText())
                    .set("schema", schema(content.iterator().next().path("schema")));
        }
        v3.properties().stream()
                .filter(field -> field.getKey().startsWith("x-"))
                .forEach(field -> operation.set(field.getKey(), field.getValue()));
        return operation;
    }

    /** A reference may have neighbours in v2, and a value one type only. */
    private static JsonNode schema(JsonNode v3) {
        ObjectNode schema = MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> field : v3.properties()) {
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case "$ref" -> schema.put("$ref", reference(value));
                case "allOf" -> schema.put("$ref", reference(value.path(0).path("$ref")));
                case "oneOf" -> schema.put("type", "string");
                case "items", "additionalProperties" -> schema.set(field.getKey(), schema(value));
                case "properties" -> {
                    ObjectNode properties = schema.putObject("properties");
                    value.properties()
                            .forEach(one -> properties.set(one.getKey(), schema(one.getValue())));
                }
                default -> schema.set(field.getKey(), value);
            }
        }
        return schema;
    }

    private static String reference(JsonNode v3) {
        return v3.asText().replace(V3_SCHEMAS, V2_SCHEMAS);
    }
}
