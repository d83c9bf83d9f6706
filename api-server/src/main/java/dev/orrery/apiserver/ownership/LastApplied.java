package dev.orrery.apiserver.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.schema.DecodeException;
import dev.orrery.schema.PlainJson;
import dev.orrery.schema.StructType;
import dev.orrery.schema.apply.Comparison;
import dev.orrery.schema.apply.FieldSet;
import dev.orrery.schema.apply.OwnedFields;
import dev.orrery.schema.apply.Validator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The annotation in which kubectl keeps what it applied on the client's side. Who goes over to
 * server-side apply owns what is still so, and the annotation goes along for those who go back.
 */
final class LastApplied {

    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private LastApplied() {}

    /** Other managers than kubectl's own do without. */
    static boolean isKept(String manager) {
        return manager.equals("kubectl");
    }

    static boolean isIn(ObjectNode object) {
        return !text(object).isEmpty();
    }

    private static String text(ObjectNode object) {
        return object.path("metadata").path("annotations").path(ANNOTATION).asText("");
    }

    /** What was applied last and is still so; nothing where that cannot be told. */
    static FieldSet unchanged(ObjectNode live, Kind kind) {
        if (!isIn(live)) {
            return FieldSet.EMPTY;
        }
        try {
            JsonNode last = PlainJson.read(text(live).getBytes(StandardCharsets.UTF_8)).value();
            StructType type = kind.type();
            if (!last.path("apiVersion").asText("").equals(kind.apiVersion())
                    || Validator.fault(last, type) != null) {
                return FieldSet.EMPTY;
            }
            Comparison changes = Comparison.of(last, live, type, FieldSet.EMPTY);
            return OwnedFields.of(last, type)
                    .difference(changes.taken())
                    .difference(changes.removed());
        } catch (DecodeException _) {
            return FieldSet.EMPTY;
        }
    }

    /** As Go writes it: names in order, and a line's end. */
    static void keep(ObjectNode object, ObjectNode config) {
        ObjectNode applied = config.deepCopy();
        if (applied.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANNOTATION);
        }
        String text =
                new String(Trees.write(sorted(applied)), StandardCharsets.UTF_8)
                                .replace("<", "\\u003c")
                                .replace(">", "\\u003e")
                                .replace("&", "\\u0026")
                        + "\n";
        object.withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put(ANNOTATION, text);
    }

    private static JsonNode sorted(JsonNode value) {
        if (value.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            value.properties()
                    .forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return Trees.object().setAll(fields);
        }
        if (value.isArray()) {
            var items = Trees.object().arrayNode();
            value.forEach(item -> items.add(sorted(item)));
            return items;
        }
        return value;
    }
}
