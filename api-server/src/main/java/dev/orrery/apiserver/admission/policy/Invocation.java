package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.kind.Kind;
import java.util.Optional;

/**
 * A mutating policy with a binding and a parameter: what is asked again as a whole.
 *
 * @param kind the version as which the object is looked at
 */
record Invocation(MutatingPolicy policy, Binding binding, Kind kind, Optional<JsonNode> param) {

    String key() {
        String name = param.map(p -> p.path("metadata").path("name").asText()).orElse("");
        return policy.definition().name() + "/" + binding.name() + "/" + name;
    }
}
