package dev.orrery.controllermanager.clusterrole;

import dev.orrery.controllermanager.label.Selector;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that an aggregated role must have: those of all roles that its selectors name, each
 * once, the roles by name.
 *
 * @param rules empty where the role has them
 */
record AggregationPlan(Optional<List<PolicyRule>> rules) {

    static AggregationPlan of(ClusterRole role, List<ClusterRole> all) {
        List<ClusterRole> byName = new ArrayList<>(all);
        byName.sort(Comparator.comparing(one -> one.getMetadata().getName()));
        Set<PolicyRule> rules = new LinkedHashSet<>();
        for (var selector : role.getAggregationRule().getClusterRoleSelectors()) {
            Selector parts = Selector.of(selector);
            for (ClusterRole part : byName) {
                boolean other = !part.getMetadata().getName().equals(role.getMetadata().getName());
                if (other && parts.matches(part)) {
                    rules.addAll(part.getRules());
                }
            }
        }
        List<PolicyRule> wanted = List.copyOf(rules);
        return new AggregationPlan(
                wanted.equals(role.getRules()) ? Optional.empty() : Optional.of(wanted));
    }
}
