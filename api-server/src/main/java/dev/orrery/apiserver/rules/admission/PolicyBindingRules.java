package dev.orrery.apiserver.rules.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of ValidatingAdmissionPolicyBinding and MutatingAdmissionPolicyBinding.
 *
 * @param validating whether it says what follows from a validation that fails
 */
public record PolicyBindingRules(boolean validating) implements Rules {

    private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");
    private static final List<String> NOT_FOUND = List.of("Deny", "Allow");
    private static final String EXCLUSIVE = "name and selector are mutually exclusive";

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        if (spec.get("matchResources") instanceof ObjectNode resources) {
            MatchRules.setDefaults(resources, "resourceRules", "excludeResourceRules");
        }
        if (spec.get("paramRef") instanceof ObjectNode reference) {
            Defaults.text(reference, "parameterNotFoundAction", "Deny");
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Field policy = spec.get("policyName");
        if (policy.require("")) {
            policy.invalid(Names.dnsSubdomain(policy.text()));
        }
        if (spec.get("paramRef").exists()) {
            validateReference(spec.get("paramRef"));
        }
        if (spec.get("matchResources").exists()) {
            MatchRules.validate(spec.get("matchResources"));
        }
        if (validating) {
            validateActions(spec.get("validationActions"));
        }
    }

    private static void validateReference(Field reference) {
        Field name = reference.get("name");
        Field selector = reference.get("selector");
        if (!name.isEmpty()) {
            name.invalid(Names.pathSegment(name.text()));
            if (selector.exists()) {
                name.forbidden(EXCLUSIVE);
            }
        }
        if (selector.exists()) {
            Labels.validateSelector(selector);
            if (!name.isEmpty()) {
                selector.forbidden(EXCLUSIVE);
            }
        }
        if (name.isEmpty() && !selector.exists()) {
            reference.required("one of name or selector must be specified");
        }
        reference.get("parameterNotFoundAction").requireOneOf(NOT_FOUND);
    }

    private static void validateActions(Field actions) {
        Set<String> seen = new HashSet<>();
        for (Field action : actions.items()) {
            action.requireOneOf(ACTIONS);
            if (!seen.add(action.text())) {
                action.duplicate(action.text());
            }
        }
        if (seen.contains("Deny") && seen.contains("Warn")) {
            actions.invalid(
                    "must not contain both Deny and Warn (repeating the same validation failure"
                            + " information in the API response and headers serves no purpose)");
        }
        if (seen.isEmpty()) {
            actions.required("at least one validation action is required");
        }
    }
}
