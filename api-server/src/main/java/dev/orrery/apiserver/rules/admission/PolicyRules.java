package dev.orrery.apiserver.rules.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;
import java.util.Locale;

/** What the rules of validating and of mutating policies have in common. */
abstract sealed class PolicyRules implements Rules
        permits ValidatingPolicyRules, MutatingPolicyRules {

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        Defaults.text(spec, "failurePolicy", "Fail");
        if (spec.get("matchConstraints") instanceof ObjectNode constraints) {
            MatchRules.setDefaults(constraints, "resourceRules", "excludeResourceRules");
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field policy = Field.of(object, errors);
        Field spec = policy.get("spec");
        spec.get("failurePolicy").requireOneOf(MatchRules.FAILURE_POLICIES);
        Field paramKind = spec.get("paramKind");
        if (paramKind.exists()) {
            validateParamKind(paramKind);
        }
        Field constraints = spec.get("matchConstraints");
        if (constraints.exists()) {
            MatchRules.validate(constraints);
            constraints.get("resourceRules").require("");
        } else {
            constraints.required("");
        }
        ExpressionRules.validateConditions(spec.get("matchConditions"), paramKind.exists());
        PolicyEnvironment environment = new PolicyEnvironment(paramKind.exists());
        ExpressionRules.validateVariables(spec.get("variables"), environment);
        validateOwn(policy, spec, environment);
    }

    /** What only this kind of policy has. */
    abstract void validateOwn(Field policy, Field spec, PolicyEnvironment environment);

    private static void validateParamKind(Field kind) {
        Field apiVersion = kind.get("apiVersion");
        if (apiVersion.require("")) {
            validateVersion(apiVersion);
        }
        Field name = kind.get("kind");
        if (name.require("")) {
            List<String> faults = Names.dns1035Label(name.text().toLowerCase(Locale.ROOT));
            if (!faults.isEmpty()) {
                name.invalid(
                        "may have mixed case, but should otherwise match: "
                                + String.join(",", faults));
            }
        }
    }

    private static void validateVersion(Field apiVersion) {
        String[] parts = apiVersion.text().split("/", -1);
        if (parts.length > 2) {
            apiVersion.invalid("unexpected GroupVersion string: " + apiVersion.text());
            return;
        }
        if (parts.length == 2 && !parts[0].isEmpty()) {
            List<String> faults = Names.dnsSubdomain(parts[0]);
            if (!faults.isEmpty()) {
                apiVersion.invalid(parts[0], String.join(",", faults));
            }
        }
        String version = parts[parts.length - 1];
        if (version.isEmpty()) {
            apiVersion.invalid("version must be specified");
        } else if (!Names.dns1035Label(version).isEmpty()) {
            apiVersion.invalid(version, String.join(",", Names.dns1035Label(version)));
        }
    }
}
