package dev.orrery.apiserver.rules.workload;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** When a job fails, or succeeds, before all of its pods have. */
final class JobPolicyRules {

    private static final int MOST_RULES = 20;
    private static final int MOST_CODES = 255;
    private static final int MOST_PATTERNS = 20;
    private static final int LONGEST_INDEXES = 64 * 1024;
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private JobPolicyRules() {}

    static void validate(Field spec) {
        if (spec.get("podFailurePolicy").exists()) {
            validateFailure(spec);
        }
        Field success = spec.get("successPolicy");
        if (success.exists()) {
            if (spec.get("completionMode").is("Indexed")) {
                validateSuccess(success.get("rules"), spec);
            } else {
                success.invalid("requires indexed completion mode");
            }
        }
    }

    private static void validateFailure(Field spec) {
        Field rules = spec.get("podFailurePolicy", "rules");
        limit(rules, MOST_RULES);
        Set<String> containers = new HashSet<>();
        for (String list : List.of("containers", "initContainers")) {
            for (Field container : spec.get("template").get("spec", list).items()) {
                containers.add(container.get("name").text());
            }
        }
        for (Field rule : rules.items()) {
            Field action = rule.get("action");
            requireKnown(action, ACTIONS);
            if (action.is("FailIndex") && !spec.get("backoffLimitPerIndex").exists()) {
                action.invalid("requires the backoffLimitPerIndex to be set");
            }
            validateRule(rule, containers);
        }
    }

    private static void limit(Field list, int most) {
        if (list.value().size() > most) {
            list.errors().tooMany(list.path(), list.value().size(), most);
        }
    }

    private static void requireKnown(Field value, List<String> known) {
        if (value.isEmpty()) {
            value.required("valid values: [\"" + String.join("\" \"", known) + "\"]");
        } else {
            value.oneOf(known);
        }
    }

    private static void validateRule(Field rule, Set<String> containers) {
        Field codes = rule.get("onExitCodes");
        Field conditions = rule.get("onPodConditions");
        if (codes.exists()) {
            validateExitCodes(codes, containers);
        }
        limit(conditions, MOST_PATTERNS);
        for (Field pattern : conditions.items()) {
            pattern.get("type").invalid(Labels.keyFaults(pattern.get("type").text()));
            requireKnown(pattern.get("status"), STATUSES);
        }
        if (codes.exists() && !conditions.isEmpty()) {
            rule.errors()
                    .invalidWithoutValue(
                            rule.path(),
                            "specifying both OnExitCodes and OnPodConditions is not supported");
        } else if (!codes.exists() && conditions.isEmpty()) {
            rule.errors()
                    .invalidWithoutValue(
                            rule.path(),
                            "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static void validateExitCodes(Field codes, Set<String> containers) {
        requireKnown(codes.get("operator"), OPERATORS);
        Field container = codes.get("containerName");
        if (container.exists() && !containers.contains(container.text())) {
            container.invalid(
                    "must be one of the container or initContainer names in the pod template");
        }
        Field values = codes.get("values");
        if (values.isEmpty()) {
            values.invalid(
                    values.exists() ? values.value() : null, "at least one value is required");
        }
        limit(values, MOST_CODES);
        Set<Long> seen = new HashSet<>();
        long last = Long.MIN_VALUE;
        boolean ordered = true;
        for (Field value : values.items()) {
            long code = value.number(0);
            if (code == 0 && codes.get("operator").is("In")) {
                value.invalid("must not be 0 for the In operator");
            }
            if (!seen.add(code)) {
                value.duplicate(code);
            }
            ordered &= last <= code;
            last = code;
        }
        if (!ordered) {
            values.invalid("must be ordered");
        }
    }

    private static void validateSuccess(Field rules, Field spec) {
        if (rules.isEmpty()) {
            rules.required(
                    "at least one rules must be specified when the successPolicy is specified");
        }
        limit(rules, MOST_RULES);
        for (Field rule : rules.items()) {
            validateSuccessRule(rule, spec.get("completions").number(0));
        }
    }

    private static void validateSuccessRule(Field rule, long completions) {
        Field count = rule.get("succeededCount");
        Field indexes = rule.get("succeededIndexes");
        if (!count.exists() && !indexes.exists()) {
            rule.required("at least one of succeededCount or succeededIndexes must be specified");
        }
        if (indexes.text().length() > LONGEST_INDEXES) {
            indexes.errors().tooLong(indexes.path(), LONGEST_INDEXES);
        }
        Indexes parsed = Indexes.parse(indexes.text(), completions);
        if (!parsed.fault().isEmpty()) {
            indexes.invalid("error parsing succeededIndexes: " + parsed.fault());
        }
        count.notNegative();
        if (count.number(0) > completions) {
            count.invalid(
                    "must be less than or equal to "
                            + completions
                            + " (the number of specified completions)");
        }
        if (indexes.exists() && count.number(0) > parsed.total()) {
            count.invalid(
                    "must be less than or equal to "
                            + parsed.total()
                            + " (the number of indexes in the specified succeededIndexes field)");
        }
    }
}
