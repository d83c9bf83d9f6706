package dev.orrery.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The OpenAPI v3 document of a group and version of custom kinds. What all kinds have alike, paths
 * and metadata, is taken from a built-in kind that has everything: the Deployment.
 */
final class GroupDocument {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String MODEL = SCHEMAS + "io.k8s.api.apps.v1.Deployment";
    private static final String MODEL_PLURAL = "deployments";
    private static final String MODEL_PATHS = "/apis/apps/v1/";
    private static final String NAMESPACED = "namespaces/{namespace}/";

    /** Kinds of body that custom kinds do not take. */
    private static final Set<String> OTHERS =
            Set.of(
                    "application/strategic-merge-patch+json",
                    "application/vnd.kubernetes.protobuf",
                    "application/vnd.kubernetes.protobuf;stream=watch");

    private final JsonNode model;
    private final ObjectNode document = Trees.object();
    private final ObjectNode paths;
    private final ObjectNode schemas;

    /**
     * @param model the document of {@code apps/v1}
     */
    GroupDocument(JsonNode model) {
        this.model = model;
        document.put("openapi", "3.0.0");
        document.set("info", model.path("info"));
        this.paths = document.putObject("paths");
        this.schemas = document.putObject("components").putObject("schemas");
    }

    ObjectNode of(List<Kind> kinds, List<? extends JsonNode> sources) {
        CustomSchema custom = new CustomSchema(false);
        for (int i = 0; i < kinds.size(); i++) {
            Kind kind = kinds.get(i);
            addPaths(kind);
            String name = CustomSchema.name(kind.group(), kind.version(), kind.kind());
            schemas.set(name, custom.of(kind, sources.get(i)));
            schemas.set(
                    CustomSchema.name(kind.group(), kind.version(), kind.listKind()),
                    custom.list(kind));
        }
        addReferred(document);
        return document;
    }

    private void addPaths(Kind kind) {
        for (Map.Entry<String, JsonNode> path : model.path("paths").properties()) {
            String place = path.getKey().substring(MODEL_PATHS.length());
            boolean named = place.startsWith(NAMESPACED + MODEL_PLURAL);
            boolean all = place.equals(MODEL_PLURAL);
            if (!named && !(all && kind.namespaced())) {
                continue;
            }
            String part = place.substring(place.lastIndexOf('/') + 1);
            if ((part.equals("status") || part.equals("scale")) && !kind.hasSubresource(part)) {
                continue;
            }
            String own = place.replace(MODEL_PLURAL, kind.plural());
            if (!kind.namespaced()) {
                own = own.replace(NAMESPACED, "");
            }
            JsonNode described = rewrite(path.getValue(), kind);
            if (!kind.namespaced()) {
                dropNamespace(described.path("parameters"));
            }
            paths.set("/apis/" + kind.group() + "/" + kind.version() + "/" + own, described);
        }
    }

    private static void dropNamespace(JsonNode parameters) {
        for (int i = parameters.size() - 1; i >= 0; i--) {
            if (parameters.get(i).path("name").asText().equals("namespace")) {
                ((ArrayNode) parameters).remove(i);
            }
        }
    }

    private static JsonNode rewrite(JsonNode node, Kind kind) {
        if (node.isArray()) {
            ArrayNode array = Trees.object().arrayNode();
            node.forEach(item -> array.add(rewrite(item, kind)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = Trees.object();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (OTHERS.contains(name)) {
                continue;
            }
            if (name.equals("$ref") && value.isTextual()) {
                object.put(name, reference(value.textValue(), kind));
            } else if (name.equals("x-kubernetes-group-version-kind")) {
                object.set(name, kindOf(value, kind));
            } else {
                object.set(name, rewrite(value, kind));
            }
        }
        return object;
    }

    private static String reference(String text, Kind kind) {
        if (text.equals(MODEL)) {
            return SCHEMAS + CustomSchema.name(kind.group(), kind.version(), kind.kind());
        }
        return text.equals(MODEL + "List")
                ? SCHEMAS + CustomSchema.name(kind.group(), kind.version(), kind.listKind())
                : text;
    }

    private static JsonNode kindOf(JsonNode value, Kind kind) {
        return value.path("kind").asText().equals("Deployment")
                ? Trees.object()
                        .put("group", kind.group())
                        .put("kind", kind.kind())
                        .put("version", kind.version())
                : value;
    }

    /** What is referred to, and what that refers to in turn. */
    private void addReferred(JsonNode from) {
        for (JsonNode reference : from.findValues("$ref")) {
            String name =
                    reference.isTextual() && reference.textValue().startsWith(SCHEMAS)
                            ? reference.textValue().substring(SCHEMAS.length())
                            : "";
            JsonNode schema = model.path("components").path("schemas").get(name);
            if (schema != null && !schemas.has(name)) {
                schemas.set(name, schema);
                addReferred(schema);
            }
        }
    }
}
