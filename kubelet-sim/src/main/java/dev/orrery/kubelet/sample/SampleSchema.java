package dev.orrery.kubelet.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The sample API in OpenAPI v3: enough for kubectl to check, send and explain. */
final class SampleSchema {

    private static final String KINDS = "x-kubernetes-group-version-kind";
    private static final String PREFIX = "com.example.wardle." + SampleDiscovery.VERSION + ".";
    private static final String TYPE = "type";

    private SampleSchema() {}

    static ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.0.0");
        document.putObject("info").put("title", "wardle").put("version", "v1.29.2");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        for (SampleKind kind : SampleKind.values()) {
            String path =
                    "/apis/"
                            + SampleDiscovery.API_VERSION
                            + (kind.namespaced() ? "/namespaces/{namespace}/" : "/")
                            + kind.plural();
            operation(paths.putObject(path), "post", kind);
            ObjectNode one = paths.putObject(path + "/{name}");
            operation(one, "put", kind);
            operation(one, "patch", kind);
            schemas.set(PREFIX + kind.title(), schema(kind));
        }
        return document;
    }

    private static void operation(ObjectNode path, String method, SampleKind kind) {
        ObjectNode operation = path.putObject(method);
        for (String name : new String[] {"dryRun", "fieldManager", "fieldValidation"}) {
            operation
                    .withArrayProperty("parameters")
                    .addObject()
                    .put("name", name)
                    .put("in", "query")
                    .putObject("schema")
                    .put(TYPE, "string");
        }
        operation.set(KINDS, groupVersionKind(kind));
    }

    private static ObjectNode groupVersionKind(SampleKind kind) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("group", SampleDiscovery.GROUP)
                .put("version", SampleDiscovery.VERSION)
                .put("kind", kind.title());
    }

    private static ObjectNode schema(SampleKind kind) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put(TYPE, "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("apiVersion").put(TYPE, "string");
        properties.putObject("kind").put(TYPE, "string");
        properties.putObject("metadata").put(TYPE, "object");
        if (kind == SampleKind.FISCHER) {
            properties
                    .putObject("disallowedFlunders")
                    .put(TYPE, "array")
                    .put("description", "The names of flunders that nobody may make.")
                    .putObject("items")
                    .put(TYPE, "string");
        } else {
            ObjectNode spec = properties.putObject("spec").put(TYPE, "object");
            ObjectNode fields = spec.putObject("properties");
            fields.putObject("reference").put(TYPE, "string");
            fields.putObject("referenceType").put(TYPE, "string");
            properties.putObject("status").put(TYPE, "object");
        }
        schema.putArray(KINDS).add(groupVersionKind(kind));
        return schema;
    }
}
