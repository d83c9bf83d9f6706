package dev.orrery.controllermanager.clusterrole;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles */
class AggregationPlanTest {

    private static final Map<String, String> PART = Map.of("part-of", "whole");

    @Test
    void unitesTheRulesOfLabelledRolesInTheOrderOfTheirNamesEachOnce() {
        ClusterRole whole = whole();
        List<ClusterRole> all =
                List.of(
                        role("b", PART, "pods", "services"),
                        role("a", PART, "services", "secrets"),
                        role("other", Map.of(), "nodes"),
                        whole);
        assertThat(AggregationPlan.of(whole, all).rules())
                .contains(rules("services", "secrets", "pods"));
    }

    @Test
    void isNoPartOfItself() {
        ClusterRole whole =
                new ClusterRoleBuilder(whole("nodes"))
                        .editMetadata()
                        .withLabels(PART)
                        .endMetadata()
                        .build();
        assertThat(AggregationPlan.of(whole, List.of(whole)).rules()).contains(List.of());
    }

    @Test
    void leavesARoleThatHasItsRulesAlone() {
        ClusterRole whole = whole("pods");
        List<ClusterRole> all = List.of(role("a", PART, "pods"), whole);
        assertThat(AggregationPlan.of(whole, all).rules()).isEqualTo(Optional.empty());
    }

    private static ClusterRole whole(String... resources) {
        return new ClusterRoleBuilder(role("whole", Map.of(), resources))
                .withNewAggregationRule()
                .addNewClusterRoleSelector()
                .withMatchLabels(PART)
                .endClusterRoleSelector()
                .endAggregationRule()
                .build();
    }

    private static ClusterRole role(String name, Map<String, String> labels, String... resources) {
        return new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withRules(rules(resources))
                .build();
    }

    private static List<PolicyRule> rules(String... resources) {
        return Stream.of(resources)
                .map(resource ->
                        new PolicyRule(
                                List.of(""),
                                List.of(),
                                List.of(),
                                List.of(resource),
                                List.of("get")))
                .toList();
    }
}
