package dev.orrery.apiserver.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.hook.HookException;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import java.util.List;

/** A webhook may change labels and annotations of what it converts, and no other metadata. Pure. */
final class ConvertedMetadata {

    private static final String METADATA = "metadata";
    private static final List<String> CHANGEABLE = List.of("labels", "annotations");

    private ConvertedMetadata() {}

    /**
     * The converted object with the original's metadata; changes it.
     *
     * @throws HookException where it is not the same object any more
     */
    static ObjectNode restored(ObjectNode original, ObjectNode converted) {
        requireSame("kind", original.path("kind"), converted.path("kind"));
        if (!(converted.get(METADATA) instanceof ObjectNode given)) {
            throw new HookException("missing metadata in converted object");
        }
        requireSame("name", original.at("/metadata/name"), given.path("name"));
        requireSame("namespace", original.at("/metadata/namespace"), given.path("namespace"));
        requireSame("UID", original.at("/metadata/uid"), given.path("uid"));
        ObjectNode metadata = original.withObjectProperty(METADATA).deepCopy();
        for (String field : CHANGEABLE) {
            JsonNode value = given.path(field);
            if (value.isMissingNode() || value.isNull()) {
                metadata.remove(field);
            } else {
                metadata.set(field, checked(field, value));
            }
        }
        checkLabels(converted);
        converted.set(METADATA, metadata);
        return converted;
    }

    private static void requireSame(String what, JsonNode one, JsonNode other) {
        if (!one.asText("").equals(other.asText(""))) {
            throw new HookException(
                    "must have the same "
                            + what
                            + ": "
                            + one.asText("")
                            + " != "
                            + other.asText(""));
        }
    }

    private static JsonNode checked(String field, JsonNode values) {
        if (!values.isObject()) {
            throw new HookException("invalid metadata." + field + " in converted object");
        }
        values.properties()
                .forEach(entry -> {
                    if (!entry.getValue().isTextual()) {
                        throw new HookException(
                                "metadata."
                                        + field
                                        + "["
                                        + entry.getKey()
                                        + "] must be a string in converted object");
                    }
                });
        return values;
    }

    private static void checkLabels(ObjectNode converted) {
        FieldErrors errors = new FieldErrors();
        Labels.validate(Field.of(converted, errors).get(METADATA, "labels"));
        if (!errors.isEmpty()) {
            throw new HookException(errors.all().getFirst().toString());
        }
    }
}
