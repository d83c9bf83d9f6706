package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.admission.matching.RequestBindings;
import dev.orrery.apiserver.cel.Budget;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.ObjectValue;
import dev.orrery.apiserver.cel.Outcome;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import dev.orrery.apiserver.cel.function.FunctionFailure;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy's variables, in their order. Immutable. */
record Variables(Map<String, Compilation> compilations) {

    static Variables of(JsonNode variables, PolicyEnvironment environment) {
        Map<String, Compilation> compilations = new LinkedHashMap<>();
        for (JsonNode variable : variables) {
            String name = variable.path("name").asText();
            String text = variable.path("expression").asText();
            compilations.put(name, environment.addVariable(name, text));
        }
        return new Variables(compilations);
    }

    /** Lets expressions see them; each is evaluated once, when the first expression asks for it. */
    void bind(RequestBindings bindings, Budget budget) {
        if (!compilations.isEmpty()) {
            bindings.put(PolicyEnvironment.VARIABLES, new Values(this, bindings, budget));
        }
    }

    /** The values for one request. */
    @SuppressWarnings("Immutable") // one evaluation's own
    private static final class Values extends ObjectValue {

        private final Variables variables;
        private final RequestBindings bindings;
        private final Budget budget;
        private final Map<String, Object> known = new HashMap<>();

        Values(Variables variables, RequestBindings bindings, Budget budget) {
            this.variables = variables;
            this.bindings = bindings;
            this.budget = budget;
        }

        @Override
        protected @Nullable Object field(String name) {
            Object value = known.get(name);
            Compilation compilation = variables.compilations.get(name);
            if (value == null && compilation != null) {
                value = evaluate(name, compilation);
                known.put(name, value);
            }
            return value;
        }

        private Object evaluate(String name, Compilation compilation) {
            String variable = "composited variable \"" + name + "\" fails to ";
            return switch (compilation) {
                case Compilation.Failed(String message) ->
                        throw new FunctionFailure(variable + "compile: " + message);
                case Compilation.Done(var expression) ->
                        switch (expression.evaluate(bindings, budget)) {
                            case Outcome.Value(Object value) -> value;
                            case Outcome.Failed(String message, boolean _) ->
                                    throw new FunctionFailure(variable + "evaluate: " + message);
                        };
            };
        }

        @Override
        protected Set<String> names() {
            return variables.compilations.keySet();
        }
    }
}
