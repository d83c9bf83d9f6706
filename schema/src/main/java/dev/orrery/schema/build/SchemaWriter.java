package dev.orrery.schema.build;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.orrery.schema.Merging;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes the schemas of a document: those that were asked for, and all that they refer to. */
final class SchemaWriter {

    private final Map<String, ModelType> types;
    private final String groupVersion;
    private final TreeSet<String> asked = new TreeSet<>();
    private final TreeSet<String> common = new TreeSet<>();

    SchemaWriter(Map<String, ModelType> types, String groupVersion) {
        this.types = types;
        this.groupVersion = groupVersion;
    }

    /** The reference to a type's schema. */
    String ask(String type) {
        if (asked.add(type)) {
            type(type).fields().forEach(field -> ask(field.shape()));
        }
        return "#/components/schemas/" + type;
    }

    private void ask(ModelShape shape) {
        if (shape.element() != null) {
            ask(shape.element());
        } else if (CommonSchemas.has(shape.kind(), shape.goType())) {
            common.add(CommonSchemas.name(shape.kind(), shape.goType()));
        }
        if (shape.struct() != null) {
            ask(shape.struct());
        }
    }

    private ModelType type(String name) {
        ModelType type = types.get(name);
        if (type == null) {
            throw new IllegalStateException("no type " + name);
        }
        return type;
    }

    void writeAsked(JsonGenerator out) throws IOException {
        for (String name : asked) {
            out.writeObjectFieldStart(name);
            write(out, type(name));
            out.writeEndObject();
        }
        for (String name : common) {
            CommonSchemas.write(out, name);
        }
    }

    private void write(JsonGenerator out, ModelType type) throws IOException {
        out.writeStringField("description", type.description());
        out.writeStringField("type", "object");
        if (!type.fields().isEmpty()) {
            out.writeObjectFieldStart("properties");
            for (ModelField field : type.fields()) {
                out.writeObjectFieldStart(field.name());
                field(out, field);
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        List<String> required =
                type.fields().stream().filter(ModelField::required).map(ModelField::name).toList();
        if (!required.isEmpty()) {
            array(out, "required", required);
        }
        if (type.atomic()) {
            out.writeStringField("x-kubernetes-map-type", "atomic");
        }
        kinds(out, type);
    }

    private void kinds(JsonGenerator out, ModelType type) throws IOException {
        boolean options = type.goName().equals("DeleteOptions") && ApiGroups.isMeta(type.name());
        boolean status = type.goName().equals("Status") && ApiGroups.isMeta(type.name());
        if (!TypeTableWriter.isKind(type) && !options && !status) {
            return;
        }
        String own =
                options
                        ? groupVersion
                        : status
                                ? "v1"
                                : ApiGroups.groupOf(type.name())
                                        + "/"
                                        + ApiGroups.versionOf(type.name());
        out.writeArrayFieldStart("x-kubernetes-group-version-kind");
        kind(out, own, type.goName());
        out.writeEndArray();
    }

    static void kind(JsonGenerator out, String groupVersion, String kind) throws IOException {
        int slash = groupVersion.indexOf('/');
        out.writeStartObject();
        out.writeStringField("group", slash < 0 ? "" : groupVersion.substring(0, slash));
        out.writeStringField("kind", kind);
        out.writeStringField("version", groupVersion.substring(slash + 1));
        out.writeEndObject();
    }

    private void field(JsonGenerator out, ModelField field) throws IOException {
        if (!field.description().isEmpty()) {
            out.writeStringField("description", field.description());
        }
        boolean bare = field.description().isEmpty() && field.merging().equals(Merging.DEFAULT);
        shape(out, field.shape(), !bare);
        merging(out, field);
    }

    /** A reference may only have neighbours in an allOf. */
    private void shape(JsonGenerator out, ModelShape shape, boolean neighbours) throws IOException {
        switch (shape.kind()) {
            case STRUCT -> reference(out, structName(shape), neighbours);
            case LIST -> {
                out.writeStringField("type", "array");
                element(out, "items", shape);
            }
            case MAP -> {
                out.writeStringField("type", "object");
                element(out, "additionalProperties", shape);
            }
            default -> CommonSchemas.inline(out, shape, name -> reference(out, name, neighbours));
        }
    }

    private static String structName(ModelShape shape) {
        if (shape.struct() == null) {
            throw new IllegalStateException(shape + " is no struct");
        }
        return shape.struct();
    }

    private void element(JsonGenerator out, String name, ModelShape shape) throws IOException {
        if (shape.element() == null) {
            throw new IllegalStateException(shape + " has no elements");
        }
        out.writeObjectFieldStart(name);
        shape(out, shape.element(), false);
        out.writeEndObject();
    }

    private static void reference(JsonGenerator out, String name, boolean neighbours)
            throws IOException {
        if (neighbours) {
            out.writeArrayFieldStart("allOf");
            out.writeStartObject();
        }
        out.writeStringField("$ref", "#/components/schemas/" + name);
        if (neighbours) {
            out.writeEndObject();
            out.writeEndArray();
        }
    }

    private static void merging(JsonGenerator out, ModelField field) throws IOException {
        Merging merging = field.merging();
        boolean list = field.shape().kind() == dev.orrery.schema.Shape.Kind.LIST;
        String topology =
                switch (merging.topology()) {
                    case DEFAULT -> "";
                    case ATOMIC -> "atomic";
                    case MAP -> "map";
                    case SET -> "set";
                };
        if (!topology.isEmpty()) {
            out.writeStringField(
                    list ? "x-kubernetes-list-type" : "x-kubernetes-map-type", topology);
        } else if (list) {
            out.writeStringField("x-kubernetes-list-type", "atomic");
        }
        if (!merging.keys().isEmpty()) {
            array(out, "x-kubernetes-list-map-keys", merging.keys());
        }
        if (!merging.patchKey().isEmpty()) {
            out.writeStringField("x-kubernetes-patch-merge-key", merging.patchKey());
        }
        String strategy =
                switch (merging.patch()) {
                    case DEFAULT -> "";
                    case MERGE -> "merge";
                    case REPLACE -> "replace";
                    case RETAIN_KEYS -> "retainKeys";
                    case MERGE_RETAIN_KEYS -> "merge,retainKeys";
                };
        if (!strategy.isEmpty()) {
            out.writeStringField("x-kubernetes-patch-strategy", strategy);
        }
    }

    private static void array(JsonGenerator out, String name, List<String> texts)
            throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }
}
