package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Topology spread constraints. */
final class SpreadRules {

    private static final List<String> ACTIONS = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final List<String> POLICIES = List.of("Honor", "Ignore");

    private SpreadRules() {}

    static void validate(Field constraints) {
        Set<String> seen = new HashSet<>();
        for (Field constraint : constraints.items()) {
            validateSkew(constraint.get("maxSkew"));
            Field key = constraint.get("topologyKey");
            if (key.require("can not be empty")) {
                key.invalid(Labels.keyFaults(key.text()));
            }
            validateAction(constraint);
            validatePair(constraint, seen);
            validateMinDomains(constraint);
            constraint.get("nodeAffinityPolicy").oneOf(POLICIES);
            constraint.get("nodeTaintsPolicy").oneOf(POLICIES);
            validateKeys(constraint);
            Labels.validateSelector(constraint.get("labelSelector"));
        }
    }

    private static void validateSkew(Field skew) {
        if (skew.number(0) <= 0) {
            skew.invalid(skew.number(0), "must be greater than zero");
        }
    }

    private static void validateAction(Field constraint) {
        Field action = constraint.get("whenUnsatisfiable");
        if (!ACTIONS.contains(action.text())) {
            action.notSupported(ACTIONS);
        }
    }

    private static void validatePair(Field constraint, Set<String> seen) {
        String pair =
                constraint.get("topologyKey").text()
                        + ", "
                        + constraint.get("whenUnsatisfiable").text();
        if (!seen.add(pair)) {
            Field both = constraint.get("{topologyKey, whenUnsatisfiable}");
            both.duplicate("{" + pair + "}");
        }
    }

    private static void validateMinDomains(Field constraint) {
        Field domains = constraint.get("minDomains");
        if (!domains.exists()) {
            return;
        }
        if (domains.number(1) <= 0) {
            domains.invalid("must be greater than zero");
        }
        Field action = constraint.get("whenUnsatisfiable");
        if (!action.is("DoNotSchedule")) {
            domains.invalid(
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                            + action.text());
        }
    }

    private static void validateKeys(Field constraint) {
        Field keys = constraint.get("matchLabelKeys");
        if (!keys.isEmpty() && !constraint.get("labelSelector").exists()) {
            keys.forbidden("must not be specified when labelSelector is not set");
        }
        for (Field key : keys.items()) {
            key.invalid(Labels.keyFaults(key.text()));
        }
    }
}
