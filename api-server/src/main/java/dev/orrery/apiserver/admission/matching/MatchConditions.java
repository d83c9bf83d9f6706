package dev.orrery.apiserver.admission.matching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.cel.Bindings;
import dev.orrery.apiserver.cel.Budget;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.Outcome;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import java.util.ArrayList;
import java.util.List;

/** Conditions that all must hold. Immutable. */
public record MatchConditions(List<Compiled> conditions) {

    /** A condition with its expression, which may be none. */
    public record Compiled(String text, Compilation compilation) {}

    /** Whether a request is meant. */
    public sealed interface Answer {

        record Meant() implements Answer {}

        record NotMeant() implements Answer {}

        /** It cannot be told. */
        record Failed(String message) implements Answer {}
    }

    public static MatchConditions of(JsonNode conditions, PolicyEnvironment environment) {
        List<Compiled> compiled = new ArrayList<>();
        for (JsonNode condition : conditions) {
            String text = condition.path("expression").asText();
            compiled.add(new Compiled(text, environment.condition(text)));
        }
        return new MatchConditions(List.copyOf(compiled));
    }

    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    /** One that is false decides, whatever is the matter with the others. */
    public Answer ask(Bindings bindings) {
        Budget budget = Budget.forMatchConditions();
        List<String> faults = new ArrayList<>();
        for (Compiled condition : conditions) {
            switch (Evaluation.of(condition.compilation(), condition.text(), bindings, budget)) {
                case Outcome.Value value -> {
                    if (!value.isTrue()) {
                        return new Answer.NotMeant();
                    }
                }
                case Outcome.Failed(String message, boolean _) -> faults.add(message);
            }
        }
        return faults.isEmpty()
                ? new Answer.Meant()
                : new Answer.Failed(faults.size() == 1 ? faults.getFirst() : joined(faults));
    }

    private static String joined(List<String> faults) {
        return "[" + String.join(", ", faults) + "]";
    }
}
