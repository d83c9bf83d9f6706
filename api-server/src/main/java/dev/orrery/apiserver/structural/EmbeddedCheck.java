package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Objects of the API within an object: they have a kind, and metadata in good order. */
public final class EmbeddedCheck {

    private EmbeddedCheck() {}

    public static void check(JsonNode object, Structural schema, FieldErrors errors) {
        children(Field.of(object, errors), schema);
    }

    private static void value(Field value, Structural schema) {
        if (value.value().isObject()) {
            if (schema.embedded()) {
                resource(value);
            }
            children(value, schema);
        } else if (value.value().isArray() && schema.items() != null) {
            for (Field item : value.items()) {
                value(item, schema.items());
            }
        }
    }

    private static void children(Field object, Structural schema) {
        for (Map.Entry<String, JsonNode> field : object.value().properties()) {
            String name = field.getKey();
            Structural child = schema.child(name);
            if (child != null) {
                boolean declared = schema.properties().containsKey(name);
                value(declared ? object.get(name) : object.key(name), child);
            }
        }
    }

    private static void resource(Field resource) {
        Field apiVersion = resource.get("apiVersion");
        if (!apiVersion.exists()) {
            apiVersion.required("");
        } else if (apiVersion.text().isEmpty()) {
            apiVersion.invalid("must not be empty");
        } else if (apiVersion.text().chars().filter(c -> c == '/').count() > 1) {
            apiVersion.invalid("unexpected GroupVersion string: " + apiVersion.text());
        }
        Field kind = resource.get("kind");
        if (!kind.exists()) {
            kind.required("");
        } else if (kind.text().isEmpty()) {
            kind.invalid("must not be empty");
        } else {
            List<String> faults = Names.dns1035Label(kind.text().toLowerCase(Locale.ROOT));
            if (!faults.isEmpty()) {
                kind.invalid(
                        "may have mixed case, but should otherwise match: "
                                + String.join(",", faults));
            }
        }
        metadata(resource.get("metadata"));
    }

    private static void metadata(Field metadata) {
        Field name = metadata.get("name");
        if (!name.isEmpty()) {
            name.invalid(Names.pathSegment(name.text()));
        }
        Labels.validate(metadata.get("labels"));
        for (Map.Entry<String, JsonNode> one : metadata.get("annotations").value().properties()) {
            for (String fault : Names.annotationKey(one.getKey())) {
                metadata.get("annotations").invalid(one.getKey(), fault);
            }
        }
    }
}
