package dev.orrery.apiserver.rules.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;
import java.util.Map;

/** The rules of PriorityClass. The two highest are Kubernetes' own. */
public final class PriorityClassRules implements Rules {

    /** The classes that exist without anyone making them. */
    public static final Map<String, Integer> SYSTEM =
            Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

    private static final long HIGHEST = 1_000_000_000;

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.text(object, "preemptionPolicy", "PreemptLowerPriority");
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field priority = Field.of(object, errors);
        Field name = priority.get("metadata", "name");
        Field value = priority.get("value");
        if (name.text().startsWith("system-")) {
            String fault = systemFault(name.text(), value.number(0), priority);
            if (!fault.isEmpty()) {
                name.forbidden(
                        "priority class names with 'system-' prefix are reserved for system use"
                                + " only. error: "
                                + fault);
            }
        } else if (value.number(0) > HIGHEST) {
            value.forbidden("maximum allowed value of a user defined priority is " + HIGHEST);
        }
        priority.get("preemptionPolicy").oneOf(List.of("PreemptLowerPriority", "Never"));
    }

    private static String systemFault(String name, long value, Field priority) {
        Integer known = SYSTEM.get(name);
        if (known == null) {
            return name + " is not a known system priority class";
        }
        if (known != value) {
            return "value of " + name + " PriorityClass must be " + known;
        }
        return priority.get("globalDefault").isTrue()
                ? "globalDefault of " + name + " PriorityClass must be false"
                : "";
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field priority = Field.of(object, errors);
        if (priority.get("value").number(0) != old.path("value").asLong()) {
            priority.get("value").forbidden("may not be changed in an update.");
        }
        priority.get("preemptionPolicy").unchanged(old.path("preemptionPolicy"));
    }
}
