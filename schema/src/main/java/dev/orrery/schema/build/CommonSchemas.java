package dev.orrery.schema.build;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.orrery.schema.Shape.Kind;
import java.io.IOException;
import java.util.Map;

/** The schemas of values that are no structs: scalars, and the special types with a name. */
final class CommonSchemas {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String CRD = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

    private static final Map<String, String> DESCRIPTIONS =
            Map.of(
                    META + "Time",
                    "A time in RFC 3339, in whole seconds.",
                    META + "MicroTime",
                    "A time in RFC 3339, in microseconds.",
                    META + "FieldsV1",
                    "A set of fields as a trie of their paths, in JSON.",
                    "io.k8s.apimachinery.pkg.runtime.RawExtension",
                    "Any object.",
                    "io.k8s.apimachinery.pkg.api.resource.Quantity",
                    "A number with a suffix that scales it: 100m, 1.5, 128Mi, 2G, 12e6.",
                    "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
                    "A number or a text, mostly a percentage or the name of a port.",
                    CRD + "JSON",
                    "Any JSON value.",
                    CRD + "JSONSchemaPropsOrArray",
                    "A schema or a list of schemas.",
                    CRD + "JSONSchemaPropsOrBool",
                    "A schema or a boolean.",
                    CRD + "JSONSchemaPropsOrStringArray",
                    "A schema or a list of texts.");

    private CommonSchemas() {}

    /** Writes the reference to a schema of that name. */
    interface Reference {
        void write(String name) throws IOException;
    }

    static boolean has(Kind kind, String goType) {
        return !name(kind, goType).isEmpty();
    }

    static String name(Kind kind, String goType) {
        String last = goType.substring(goType.lastIndexOf('.') + 1);
        return switch (kind) {
            case TIME -> META + "Time";
            case MICRO_TIME -> META + "MicroTime";
            case QUANTITY -> "io.k8s.apimachinery.pkg.api.resource.Quantity";
            case INT_OR_STRING -> "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
            case SCHEMA_OR_BOOL, SCHEMA_OR_LIST, SCHEMA_OR_STRINGS -> CRD + last;
            case ANY ->
                    switch (last) {
                        case "FieldsV1" -> META + last;
                        case "JSON" -> CRD + last;
                        default -> "io.k8s.apimachinery.pkg.runtime.RawExtension";
                    };
            default -> "";
        };
    }

    static void write(JsonGenerator out, String name) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField("description", DESCRIPTIONS.getOrDefault(name, ""));
        switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "Time", "MicroTime" -> {
                out.writeStringField("type", "string");
                out.writeStringField("format", "date-time");
            }
            case "Quantity" -> oneOf(out, "string", "number");
            case "IntOrString" -> {
                out.writeStringField("format", "int-or-string");
                oneOf(out, "integer", "string");
            }
            case "FieldsV1", "RawExtension" -> out.writeStringField("type", "object");
            default -> {}
        }
        out.writeEndObject();
    }

    private static void oneOf(JsonGenerator out, String... types) throws IOException {
        out.writeArrayFieldStart("oneOf");
        for (String type : types) {
            out.writeStartObject();
            out.writeStringField("type", type);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static void inline(JsonGenerator out, ModelShape shape, Reference reference)
            throws IOException {
        switch (shape.kind()) {
            case STRING, DURATION -> out.writeStringField("type", "string");
            case BOOL -> out.writeStringField("type", "boolean");
            case INT32 -> formatted(out, "integer", "int32");
            case INT64 -> formatted(out, "integer", "int64");
            case DOUBLE -> formatted(out, "number", "double");
            case BYTES -> formatted(out, "string", "byte");
            default -> reference.write(name(shape.kind(), shape.goType()));
        }
    }

    private static void formatted(JsonGenerator out, String type, String format)
            throws IOException {
        out.writeStringField("type", type);
        out.writeStringField("format", format);
    }
}
