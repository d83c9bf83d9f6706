package dev.orrery.kubelet.sample;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Labels that must have a value, or not: {@code a=b,c!=d}. */
record SampleSelector(List<Term> terms) {

    record Term(String label, boolean equal, String value) {}

    static SampleSelector of(String text) {
        List<Term> terms = new ArrayList<>();
        for (String part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int at = part.indexOf('=');
            if (at < 1) {
                throw new Refusal(
                        400, "BadRequest", "unable to parse requirement: only = and != are known");
            }
            boolean not = part.charAt(at - 1) == '!';
            terms.add(
                    new Term(
                            part.substring(0, not ? at - 1 : at).strip(),
                            !not,
                            part.substring(at).replaceFirst("==?", "").strip()));
        }
        return new SampleSelector(List.copyOf(terms));
    }

    boolean matches(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return terms.stream()
                .allMatch(term ->
                        labels.path(term.label()).asText("").equals(term.value()) == term.equal());
    }
}
