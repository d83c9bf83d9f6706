package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.admission.matching.MatchCriteria;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a policy to use. Immutable.
 *
 * @param paramRef missing where it names no parameters
 * @param actions of a validating policy: {@code Deny}, {@code Warn}, {@code Audit}
 */
record Binding(
        String name,
        String policyName,
        JsonNode paramRef,
        MatchCriteria resources,
        List<String> actions) {

    static Binding of(JsonNode binding) {
        JsonNode spec = binding.path("spec");
        List<String> actions = new ArrayList<>();
        spec.path("validationActions").forEach(action -> actions.add(action.asText()));
        return new Binding(
                binding.path("metadata").path("name").asText(),
                spec.path("policyName").asText(),
                spec.path("paramRef"),
                MatchCriteria.ofPolicy(spec.path("matchResources")),
                List.copyOf(actions));
    }
}
