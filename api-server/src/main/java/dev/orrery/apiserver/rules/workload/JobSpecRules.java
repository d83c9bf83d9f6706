package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.pod.PodSpecRules;
import java.util.List;

/** The spec of a job, on its own or in a CronJob. */
final class JobSpecRules {

    private static final List<String> COUNTS =
            List.of(
                    "parallelism",
                    "completions",
                    "activeDeadlineSeconds",
                    "backoffLimit",
                    "ttlSecondsAfterFinished",
                    "backoffLimitPerIndex",
                    "maxFailedIndexes");
    private static final List<String> MODES = List.of("NonIndexed", "Indexed");
    private static final List<String> ENDING = List.of("OnFailure", "Never");
    private static final List<String> REPLACEMENTS = List.of("Failed", "TerminatingOrFailed");
    private static final long MOST_AT_ONCE = 100_000;
    private static final long MANY = 100_000;
    private static final long MOST_WHEN_MANY = 10_000;
    private static final int LONGEST_MANAGER = 63;

    private JobSpecRules() {}

    static void validate(Field spec) {
        COUNTS.forEach(count -> spec.get(count).notNegative());
        if (spec.get("maxFailedIndexes").exists()) {
            if (!spec.get("backoffLimitPerIndex").exists()) {
                spec.get("backoffLimitPerIndex").required("when maxFailedIndexes is specified");
            }
        }
        validateManager(spec.get("managedBy"));
        spec.get("completionMode").oneOf(MODES);
        if (spec.get("completionMode").is("Indexed")) {
            validateIndexed(spec);
        } else {
            for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
                if (spec.get(field).exists()) {
                    spec.get(field).invalid("requires indexed completion mode");
                }
            }
        }
        JobPolicyRules.validate(spec);
        boolean failurePolicy = spec.get("podFailurePolicy").exists();
        spec.get("podReplacementPolicy").oneOf(failurePolicy ? List.of("Failed") : REPLACEMENTS);
        PodSpecRules.validateTemplate(spec.get("template"), MissingNode.getInstance());
        validateRestartPolicy(spec, failurePolicy);
    }

    private static void validateManager(Field manager) {
        if (!manager.exists() || !manager.require("")) {
            return;
        }
        int slash = manager.text().indexOf('/');
        if (slash <= 0 || slash == manager.text().length() - 1) {
            manager.invalid("must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        if (manager.text().length() > LONGEST_MANAGER) {
            manager.errors().tooLong(manager.path(), LONGEST_MANAGER);
        }
    }

    private static void validateIndexed(Field spec) {
        Field completions = spec.get("completions");
        Field parallelism = spec.get("parallelism");
        Field failed = spec.get("maxFailedIndexes");
        if (!completions.exists()) {
            completions.required("when completion mode is Indexed");
        }
        if (parallelism.number(0) > MOST_AT_ONCE) {
            parallelism.invalid(
                    "must be less than or equal to 100000 when completion mode is Indexed");
        }
        if (completions.exists() && failed.number(0) > completions.number(0)) {
            failed.invalid("must be less than or equal to completions");
        }
        if (failed.number(0) > MOST_AT_ONCE) {
            failed.invalid("must be less than or equal to 100000");
        }
        if (completions.number(0) > MANY && spec.get("backoffLimitPerIndex").exists()) {
            validateMany(parallelism, failed);
        }
    }

    private static void validateMany(Field parallelism, Field failed) {
        if (!failed.exists()) {
            failed.required("must be specified when completions is above " + MANY);
        }
        for (Field count : List.of(parallelism, failed)) {
            if (count.number(0) > MOST_WHEN_MANY) {
                count.invalid(
                        "must be less than or equal to "
                                + MOST_WHEN_MANY
                                + " when completions are above "
                                + MANY
                                + " and used with backoff limit per index");
            }
        }
    }

    /** Always is what a pod gets that says nothing, so it is reported as missing. */
    private static void validateRestartPolicy(Field spec, boolean failurePolicy) {
        Field policy = spec.get("template").get("spec", "restartPolicy");
        if (policy.isEmpty() || policy.is("Always")) {
            policy.required("valid values: \"OnFailure\", \"Never\"");
        } else if (!ENDING.contains(policy.text())) {
            policy.notSupported(ENDING);
        } else if (failurePolicy && !policy.is("Never")) {
            policy.invalid("only \"Never\" is supported when podFailurePolicy is specified");
        }
    }
}
