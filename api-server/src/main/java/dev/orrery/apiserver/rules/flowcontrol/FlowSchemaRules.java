package dev.orrery.apiserver.rules.flowcontrol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of FlowSchema. */
public final class FlowSchemaRules implements Rules {

    private static final int USUAL_PRECEDENCE = 1000;
    private static final int LAST_PRECEDENCE = 10_000;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec != null) {
            Defaults.numberUnlessZero(spec, "matchingPrecedence", USUAL_PRECEDENCE);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Field precedence = spec.get("matchingPrecedence");
        if (precedence.number(1) <= 0) {
            precedence.invalid("must be a positive value");
        }
        if (precedence.number(1) > LAST_PRECEDENCE) {
            precedence.invalid("must not be greater than " + LAST_PRECEDENCE);
        }
        spec.get("distinguisherMethod", "type").oneOf(List.of("ByNamespace", "ByUser"));
        spec.get("priorityLevelConfiguration", "name").require("must reference a priority level");
        for (Field rule : spec.get("rules").items()) {
            validateRule(rule);
        }
    }

    private static void validateRule(Field rule) {
        rule.get("subjects").require("subjects must contain at least one value");
        for (Field subject : rule.get("subjects").items()) {
            validateSubject(subject);
        }
        if (rule.get("resourceRules").isEmpty() && rule.get("nonResourceRules").isEmpty()) {
            rule.required("at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        for (Field one : rule.get("resourceRules").items()) {
            one.get("verbs").require("verbs must contain at least one value");
            one.get("apiGroups").require("resource rules must supply at least one api group");
            one.get("resources").require("resource rules must supply at least one resource");
            if (one.get("namespaces").isEmpty() && !one.get("clusterScope").isTrue()) {
                one.get("namespaces")
                        .required(
                                "resource rules that are not cluster scoped must supply at least"
                                        + " one namespace");
            }
        }
        for (Field one : rule.get("nonResourceRules").items()) {
            one.get("verbs").require("verbs must contain at least one value");
            one.get("nonResourceURLs").require("nonResourceURLs must contain at least one value");
        }
    }

    private static void validateSubject(Field subject) {
        switch (subject.get("kind").text()) {
            case "User" ->
                    subject.get("user").require("user is required when subject kind is 'User'");
            case "Group" ->
                    subject.get("group").require("group is required when subject kind is 'Group'");
            case "ServiceAccount" ->
                    subject.get("serviceAccount")
                            .require(
                                    "serviceAccount is required when subject kind is"
                                            + " 'ServiceAccount'");
            default -> subject.get("kind").notSupported(List.of("Group", "ServiceAccount", "User"));
        }
    }
}
