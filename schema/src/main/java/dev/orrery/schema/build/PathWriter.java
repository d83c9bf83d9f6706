package dev.orrery.schema.build;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.orrery.schema.build.ResourceTable.Row;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes the paths of a group and version: what can be asked of each resource, and how. */
final class PathWriter {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final List<String> MEDIA =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    private static final List<String> PATCHES =
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml");

    private final JsonGenerator out;
    private final String groupVersion;
    private final Map<String, String> kinds;
    private final UnaryOperator<String> schemas;

    /**
     * @param kinds names of types by group/version/kind
     * @param schemas from the name of a type to the reference to its schema
     */
    PathWriter(
            JsonGenerator out,
            String groupVersion,
            Map<String, String> kinds,
            UnaryOperator<String> schemas) {
        this.out = out;
        this.groupVersion = groupVersion;
        this.kinds = kinds;
        this.schemas = schemas;
    }

    void write(List<Row> rows) throws IOException {
        String root = (groupVersion.contains("/") ? "/apis/" : "/api/") + groupVersion + "/";
        for (Row row : rows) {
            String base = root + (row.namespaced() ? "namespaces/{namespace}/" : "");
            if (row.isPart()) {
                String[] names = row.plural().split("/");
                path(base + names[0] + "/{name}/" + names[1], row, true);
                continue;
            }
            if (row.namespaced() && row.verbs().contains("list")) {
                start(root + row.plural(), row, List.of());
                operation("get", "list", row);
                out.writeEndObject();
            }
            path(base + row.plural(), row, false);
            if (row.verbs().contains("get")) {
                path(base + row.plural() + "/{name}", row, true);
            }
        }
    }

    private void path(String path, Row row, boolean named) throws IOException {
        start(path, row, named ? List.of("name", "namespace") : List.of("namespace"));
        for (String verb : row.verbs()) {
            boolean ofName =
                    switch (verb) {
                        case "list", "deletecollection" -> false;
                        case "create" -> row.isPart();
                        default -> true;
                    };
            if (ofName == named && !verb.equals("watch")) {
                operation(method(verb), verb, row);
            }
        }
        out.writeEndObject();
    }

    private void start(String path, Row row, List<String> parameters) throws IOException {
        out.writeObjectFieldStart(path);
        out.writeArrayFieldStart("parameters");
        for (String name : parameters) {
            if (row.namespaced() || !name.equals("namespace")) {
                parameter(name, "path", "string");
            }
        }
        out.writeEndArray();
    }

    private static String method(String verb) {
        return switch (verb) {
            case "create" -> "post";
            case "update" -> "put";
            case "patch" -> "patch";
            case "delete", "deletecollection" -> "delete";
            default -> "get";
        };
    }

    private void operation(String method, String verb, Row row) throws IOException {
        out.writeObjectFieldStart(method);
        out.writeArrayFieldStart("parameters");
        for (QueryParameters parameter : QueryParameters.of(verb)) {
            parameter(parameter.text(), "query", parameter.type());
        }
        out.writeEndArray();
        String type = type(row.typeKind());
        switch (verb) {
            case "create", "update" -> body(MEDIA, type);
            case "patch" -> body(PATCHES, META + "Patch");
            case "delete", "deletecollection" -> body(MEDIA, META + "DeleteOptions");
            default -> {}
        }
        responses(verb, type);
        out.writeStringField("x-kubernetes-action", action(verb));
        out.writeFieldName("x-kubernetes-group-version-kind");
        int slash = row.typeKind().lastIndexOf('/');
        SchemaWriter.kind(out, row.typeKind().substring(0, slash), row.kind());
        out.writeEndObject();
    }

    private static String action(String verb) {
        return switch (verb) {
            case "create" -> "post";
            case "update" -> "put";
            default -> verb;
        };
    }

    private void responses(String verb, String type) throws IOException {
        String answer =
                switch (verb) {
                    case "list" -> type + "List";
                    case "delete", "deletecollection" -> META + "Status";
                    default -> type;
                };
        out.writeObjectFieldStart("responses");
        out.writeObjectFieldStart(verb.equals("create") ? "201" : "200");
        out.writeStringField("description", verb.equals("create") ? "Created" : "OK");
        content(MEDIA, answer);
        out.writeEndObject();
        out.writeEndObject();
    }

    private void body(List<String> media, String type) throws IOException {
        out.writeObjectFieldStart("requestBody");
        content(media, type);
        out.writeEndObject();
    }

    private void content(List<String> media, String type) throws IOException {
        out.writeObjectFieldStart("content");
        for (String name : media) {
            out.writeObjectFieldStart(name);
            out.writeObjectFieldStart("schema");
            if (type.endsWith(".Patch")) {
                out.writeStringField("type", "object");
            } else {
                out.writeStringField("$ref", schemas.apply(type));
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private void parameter(String name, String in, String type) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", name);
        out.writeStringField("in", in);
        if (in.equals("path")) {
            out.writeBooleanField("required", true);
        }
        out.writeObjectFieldStart("schema");
        out.writeStringField("type", type);
        out.writeBooleanField("uniqueItems", true);
        out.writeEndObject();
        out.writeEndObject();
    }

    private String type(String kind) {
        String type = kinds.get(kind);
        if (type == null) {
            throw new IllegalStateException("resources.txt names the unknown kind " + kind);
        }
        return type;
    }
}
