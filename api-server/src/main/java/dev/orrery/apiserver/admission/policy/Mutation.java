package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;

/** How an object is changed: by applying what an expression makes, or by a JSON patch. */
record Mutation(boolean applies, String text, Compilation compilation) {

    static Mutation of(JsonNode mutation, PolicyEnvironment environment) {
        boolean applies = mutation.path("patchType").asText().equals("ApplyConfiguration");
        String text =
                mutation.path(applies ? "applyConfiguration" : "jsonPatch")
                        .path("expression")
                        .asText();
        return new Mutation(
                applies, text, applies ? environment.application(text) : environment.patch(text));
    }
}
