package dev.orrery.apiserver.rules.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Rules;

/**
 * The rules of Role and ClusterRole.
 *
 * @param namespaced a Role, which cannot speak of paths
 */
public record RoleRules(boolean namespaced) implements Rules {

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field role = Field.of(object, errors);
        for (Field rule : role.get("rules").items()) {
            validateRule(rule);
        }
        for (Field selector : role.get("aggregationRule", "clusterRoleSelectors").items()) {
            Labels.validateSelector(selector);
        }
        Field aggregation = role.get("aggregationRule");
        if (aggregation.exists()) {
            aggregation
                    .get("clusterRoleSelectors")
                    .require(
                            "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
    }

    private void validateRule(Field rule) {
        rule.get("verbs").require("verbs must contain at least one value");
        Field paths = rule.get("nonResourceURLs");
        if (!paths.isEmpty()) {
            if (namespaced) {
                paths.invalid("namespaced rules cannot apply to non-resource URLs");
            }
            boolean resources =
                    !rule.get("apiGroups").isEmpty()
                            || !rule.get("resources").isEmpty()
                            || !rule.get("resourceNames").isEmpty();
            if (resources) {
                paths.invalid("rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        rule.get("apiGroups").require("resource rules must supply at least one api group");
        rule.get("resources").require("resource rules must supply at least one resource");
    }
}
