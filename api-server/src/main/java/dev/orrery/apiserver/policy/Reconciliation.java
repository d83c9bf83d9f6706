package dev.orrery.apiserver.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rbac.Rule;
import java.util.List;
import java.util.Map;

/**
 * Brings an object of the default policy back to what it must at least be. What somebody added
 * stays; an object that says that it is not to be updated stays as it is.
 */
public sealed interface Reconciliation {

    record Nothing() implements Reconciliation {}

    record Update(ObjectNode object) implements Reconciliation {}

    /** What a binding binds cannot be changed. */
    record Replace(ObjectNode object) implements Reconciliation {}

    /**
     * @param current may be changed
     */
    static Reconciliation of(ObjectNode current, ObjectNode wanted) {
        if (DefaultPolicy.isKept(current)) {
            return new Nothing();
        }
        if (!current.path("roleRef").equals(wanted.path("roleRef"))) {
            return new Replace(wanted);
        }
        boolean changed = merge(current, wanted, "labels");
        changed |= merge(current, wanted, "annotations");
        if (wanted.has("aggregationRule")) {
            changed |= aggregate(current, wanted);
        } else if (wanted.has("rules")) {
            changed |= addRules(current, wanted);
        }
        changed |= addSubjects(current, wanted);
        return changed ? new Update(current) : new Nothing();
    }

    private static boolean merge(ObjectNode current, ObjectNode wanted, String field) {
        ObjectNode target = current.withObjectProperty("metadata").withObjectProperty(field);
        boolean changed = false;
        for (Map.Entry<String, JsonNode> entry : wanted.path("metadata").path(field).properties()) {
            if (!target.has(entry.getKey())) {
                target.set(entry.getKey(), entry.getValue());
                changed = true;
            }
        }
        return changed;
    }

    private static boolean aggregate(ObjectNode current, ObjectNode wanted) {
        JsonNode rule = wanted.path("aggregationRule");
        boolean changed = !current.path("aggregationRule").equals(rule);
        current.set("aggregationRule", rule);
        return changed;
    }

    private static boolean addRules(ObjectNode current, ObjectNode wanted) {
        List<Rule> missing = Rule.missing(current.path("rules"), wanted.path("rules"));
        ArrayNode rules = array(current, "rules");
        missing.forEach(rule -> rule.write(rules.addObject()));
        return !missing.isEmpty();
    }

    private static boolean addSubjects(ObjectNode current, ObjectNode wanted) {
        boolean changed = false;
        for (JsonNode subject : wanted.path("subjects")) {
            ArrayNode subjects = array(current, "subjects");
            boolean there = false;
            for (JsonNode one : subjects) {
                there |= one.equals(subject);
            }
            if (!there) {
                subjects.add(subject);
                changed = true;
            }
        }
        return changed;
    }

    private static ArrayNode array(ObjectNode object, String field) {
        return object.get(field) instanceof ArrayNode array ? array : object.putArray(field);
    }
}
