package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.structural.Pruning;
import dev.orrery.apiserver.structural.SchemaCheck;
import dev.orrery.apiserver.structural.Structural;

/** Defaults in a schema are values that the schema itself lets through. */
final class DefaultsCheck {

    private DefaultsCheck() {}

    static void check(Field place, Structural schema) {
        JsonNode fallback = schema.defaultValue();
        if (fallback != null) {
            Field given = place.get("default");
            if (!Pruning.isPruned(fallback, schema)) {
                given.invalid(fallback, "must not have unknown fields");
            }
            SchemaCheck.check(
                    fallback,
                    MissingNode.getInstance(),
                    schema,
                    given.path().text(),
                    place.errors());
        }
        if (schema.items() != null) {
            check(place.get("items"), schema.items());
        }
        schema.properties()
                .forEach((name, property) -> check(place.get("properties").key(name), property));
    }
}
