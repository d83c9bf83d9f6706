package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sub-resources, columns, and fields to select by. */
final class PartsCheck {

    private static final List<String> TYPES =
            List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
    private static final int MOST_SELECTABLE = 8;

    private PartsCheck() {}

    static void subresources(Field parts) {
        Field scale = parts.get("scale");
        if (!scale.exists()) {
            return;
        }
        replicas(parts, scale, "specReplicasPath", ".spec.", "should be a json path under .spec");
        replicas(
                parts,
                scale,
                "statusReplicasPath",
                ".status.",
                "should be a json path under .status");
        Field selector = scale.get("labelSelectorPath");
        if (!selector.isEmpty()
                && isSimple(selector)
                && !selector.text().startsWith(".spec.")
                && !selector.text().startsWith(".status.")) {
            selector.invalid("should be a json path under either .spec or .status");
        }
    }

    private static void replicas(
            Field parts, Field scale, String name, String prefix, String fault) {
        Field path = parts.get("scale." + name).with(scale.get(name).value());
        if (path.require("") && isSimple(path) && !path.text().startsWith(prefix)) {
            path.invalid(fault);
        }
    }

    private static boolean isSimple(Field path) {
        boolean simple = path.text().startsWith(".");
        if (!simple) {
            path.invalid("must be a simple json path starting with .");
        }
        return simple;
    }

    static void column(Field column) {
        column.get("name").require("");
        String types = "must be one of " + String.join(",", TYPES);
        Field type = column.get("type");
        if (type.require(types) && !TYPES.contains(type.text())) {
            type.invalid(types);
        }
        Field format = column.get("format");
        if (!format.isEmpty() && !FORMATS.contains(format.text())) {
            format.invalid("must be one of " + String.join(",", FORMATS));
        }
        Field path = column.get("JSONPath").with(column.value().path("jsonPath"));
        if (path.require("")) {
            isSimple(path);
        }
    }

    static void selectable(Field fields, JsonNode schema) {
        Set<String> paths = new HashSet<>();
        for (Field field : fields.items()) {
            Field path = field.get("jsonPath");
            if (path.require("")) {
                selectable(path, schema, paths);
            }
        }
        if (paths.size() > MOST_SELECTABLE) {
            fields.errors().tooMany(fields.path(), paths.size(), MOST_SELECTABLE);
        }
    }

    private static void selectable(Field path, JsonNode schema, Set<String> paths) {
        if (path.text().indexOf('[') >= 0) {
            path.invalid("is an invalid path: array notation is not allowed");
            return;
        }
        JsonNode found = schema;
        for (String name :
                path.text().substring(path.text().startsWith(".") ? 1 : 0).split("\\.")) {
            found =
                    found.path("properties").isMissingNode()
                            ? found.path("additionalProperties")
                            : found.path("properties").path(name);
        }
        if (!path.text().startsWith(".")) {
            path.invalid(
                    "is an invalid path: expected [ or . but got: "
                            + path.text().split("[.\\[\\]]", 2)[0]);
            return;
        }
        if (found.isMissingNode()) {
            path.invalid("is an invalid path: does not refer to a valid field");
            return;
        }
        if (path.text().startsWith(".metadata.")) {
            path.invalid("must not point to fields in metadata");
        }
        if (!List.of("string", "boolean", "integer").contains(found.path("type").asText(""))) {
            path.invalid(
                    "must point to a field of type string, boolean or integer. Enum string fields"
                            + " and strings with formats are allowed.");
        }
        if (!paths.add(path.text())) {
            path.duplicate(path.text());
        }
    }
}
