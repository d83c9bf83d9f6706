package dev.orrery.apiserver.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rbac.RoleRef;
import dev.orrery.apiserver.rbac.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * A role that every cluster has.
 *
 * @param namespace empty for a cluster role
 * @param label for aggregation; empty for none
 * @param aggregates the label of the roles that it is made of; empty for its own rules
 */
record DefaultRole(
        String namespace, String name, String label, String aggregates, List<Rule> rules) {

    private static final String LABELS = "rbac.authorization.k8s.io/";

    DefaultRole {
        rules = List.copyOf(rules);
    }

    static DefaultRole of(String namespace, String name, String label) {
        return new DefaultRole(namespace, name, label, "", List.of());
    }

    DefaultRole with(Rule rule) {
        return new DefaultRole(
                namespace,
                name,
                label,
                aggregates,
                Stream.concat(rules.stream(), Stream.of(rule)).toList());
    }

    DefaultRole aggregating(String labelOfParts) {
        return new DefaultRole(namespace, name, label, labelOfParts, rules);
    }

    RoleRef reference() {
        return new RoleRef(namespace.isEmpty() ? "ClusterRole" : "Role", name);
    }

    ObjectNode tree() {
        ObjectNode role = DefaultPolicy.object(reference().kind(), namespace, name);
        if (!label.isEmpty()) {
            role.withObjectProperty("metadata")
                    .withObjectProperty("labels")
                    .put(LABELS + label, "true");
        }
        if (!aggregates.isEmpty()) {
            role.putObject("aggregationRule")
                    .putArray("clusterRoleSelectors")
                    .addObject()
                    .putObject("matchLabels")
                    .put(LABELS + aggregates, "true");
            role.putNull("rules");
        } else {
            ArrayNode array = role.putArray("rules");
            rules.forEach(rule -> rule.write(array.addObject()));
        }
        return role;
    }
}
