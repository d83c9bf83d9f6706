package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;

/**
 * What an audit would be told, if there were one: evaluated, as its failure is one of the policy.
 */
record Annotation(String text, Compilation compilation) {

    static Annotation of(JsonNode annotation, PolicyEnvironment environment) {
        String text = annotation.path("valueExpression").asText();
        return new Annotation(text, environment.annotation(text.strip()));
    }
}
