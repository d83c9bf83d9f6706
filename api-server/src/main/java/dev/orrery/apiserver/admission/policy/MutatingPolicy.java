package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled MutatingAdmissionPolicy. Immutable.
 *
 * @param again asked a second time where something changed the object after it
 */
record MutatingPolicy(Definition definition, List<Mutation> mutations, boolean again) {

    static MutatingPolicy of(JsonNode policy) {
        PolicyEnvironment environment = Definition.environment(policy);
        Definition definition = Definition.of(policy, environment);
        List<Mutation> mutations = new ArrayList<>();
        for (JsonNode mutation : policy.path("spec").path("mutations")) {
            mutations.add(Mutation.of(mutation, environment));
        }
        boolean again = policy.path("spec").path("reinvocationPolicy").asText().equals("IfNeeded");
        return new MutatingPolicy(definition, List.copyOf(mutations), again);
    }
}
