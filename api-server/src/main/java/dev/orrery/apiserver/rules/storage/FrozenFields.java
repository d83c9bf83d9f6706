package dev.orrery.apiserver.rules.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.Same;
import java.util.List;

/**
 * A kind some of whose fields stay as they were made.
 *
 * @param rules what else holds
 * @param fields by their paths, {@code spec.controller}
 * @param refused in the words of a class that forbids updates, and not in the usual ones
 */
public record FrozenFields(Rules rules, List<String> fields, boolean refused) implements Rules {

    public FrozenFields {
        fields = List.copyOf(fields);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        rules.validate(object, errors);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        for (String path : fields) {
            Field field = Field.of(object, errors);
            JsonNode before = old;
            for (String step : path.split("\\.")) {
                field = field.get(step);
                before = before.path(step);
            }
            if (!refused) {
                field.unchanged(before);
            } else if (!Same.same(field.value(), before)) {
                field.forbidden("updates to " + path + " are forbidden.");
            }
        }
    }
}
