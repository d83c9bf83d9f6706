package dev.orrery.apiserver.definition;

import dev.orrery.apiserver.rules.Field;
import java.util.Map;

/** What is checked within a composition must be declared outside of it. */
final class Completeness {

    private Completeness() {}

    static void check(Field schema) {
        checks(schema, schema, schema);
    }

    /**
     * @param checks where it is checked
     * @param declared what must declare it
     * @param place where it would be declared
     */
    private static void checks(Field checks, Field declared, Field place) {
        nested(checks.get("not"), declared, place);
        for (String list : new String[] {"allOf", "anyOf", "oneOf"}) {
            checks.get(list).items().forEach(one -> nested(one, declared, place));
        }
    }

    private static void nested(Field checks, Field declared, Field place) {
        if (!checks.exists()) {
            return;
        }
        if (!declared.exists()) {
            place.required("because it is defined in " + checks.path());
            return;
        }
        checks(checks, declared, place);
        if (checks.get("items").value().isObject()) {
            nested(checks.get("items"), declared.get("items"), place.get("items"));
        }
        for (Map.Entry<String, Field> property : checks.get("properties").entries()) {
            Field there = declared.get("properties").key(property.getKey());
            nested(property.getValue(), there, place.get("properties").key(property.getKey()));
        }
    }
}
