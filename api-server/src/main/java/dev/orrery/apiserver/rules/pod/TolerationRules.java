package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Taints of nodes, and what pods tolerate of them. */
public final class TolerationRules {

    private static final List<String> EFFECTS =
            List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final List<String> OPERATORS = List.of("Equal", "Exists");

    private TolerationRules() {}

    static void validate(Field tolerations) {
        tolerations.items().forEach(TolerationRules::validateOne);
    }

    private static void validateOne(Field toleration) {
        Field key = toleration.get("key");
        Field operator = toleration.get("operator");
        Field effect = toleration.get("effect");
        if (!key.isEmpty()) {
            key.invalid(Labels.keyFaults(key.text()));
        } else if (!operator.is("Exists")) {
            operator.invalid(
                    operator.text(),
                    "operator must be Exists when `key` is empty, which means \"match all values"
                            + " and all keys\"");
        }
        if (toleration.get("tolerationSeconds").exists() && !effect.is("NoExecute")) {
            effect.invalid(
                    effect.text(), "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        validateValue(toleration);
        effect.oneOf(EFFECTS);
    }

    private static void validateValue(Field toleration) {
        Field operator = toleration.get("operator");
        String value = toleration.get("value").text();
        switch (operator.text()) {
            case "", "Equal" -> {
                List<String> faults = Labels.valueFaults(value);
                if (!faults.isEmpty()) {
                    operator.invalid(value, String.join(";", faults));
                }
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    operator.invalid(value, "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> operator.notSupported(OPERATORS);
        }
    }

    public static void validateTaints(Field taints) {
        Set<String> seen = new HashSet<>();
        for (Field taint : taints.items()) {
            taint.get("key").invalid(Labels.keyFaults(taint.get("key").text()));
            List<String> faults = Labels.valueFaults(taint.get("value").text());
            if (!faults.isEmpty()) {
                taint.get("value").invalid(String.join(";", faults));
            }
            taint.get("effect").requireOneOf(EFFECTS);
            String identity = taint.get("key").text() + ":" + taint.get("effect").text();
            if (!seen.add(identity)) {
                taint.errors()
                        .duplicate(
                                taint.path(),
                                taint.value(),
                                "taints must be unique by key and effect pair");
            }
        }
    }
}
