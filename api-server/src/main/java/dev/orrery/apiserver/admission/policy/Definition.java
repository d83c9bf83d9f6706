package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.admission.matching.MatchConditions;
import dev.orrery.apiserver.admission.matching.MatchCriteria;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;

/**
 * What validating and mutating policies have in common. Immutable.
 *
 * @param failsOpen what cannot be decided is let through
 * @param paramKind missing where the policy has no parameters
 */
record Definition(
        String name,
        boolean failsOpen,
        JsonNode paramKind,
        MatchCriteria constraints,
        MatchConditions conditions,
        Variables variables) {

    /**
     * @param environment gets the policy's variables
     */
    static Definition of(JsonNode policy, PolicyEnvironment environment) {
        JsonNode spec = policy.path("spec");
        Variables variables = Variables.of(spec.path("variables"), environment);
        return new Definition(
                policy.path("metadata").path("name").asText(),
                spec.path("failurePolicy").asText().equals("Ignore"),
                spec.path("paramKind"),
                MatchCriteria.ofPolicy(spec.path("matchConstraints")),
                MatchConditions.of(spec.path("matchConditions"), environment),
                variables);
    }

    static PolicyEnvironment environment(JsonNode policy) {
        return new PolicyEnvironment(policy.path("spec").has("paramKind"));
    }
}
