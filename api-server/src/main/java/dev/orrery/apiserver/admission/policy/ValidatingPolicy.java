package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.matching.Evaluation;
import dev.orrery.apiserver.admission.matching.MatchConditions.Answer;
import dev.orrery.apiserver.admission.matching.RequestBindings;
import dev.orrery.apiserver.cel.Budget;
import dev.orrery.apiserver.cel.Outcome;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import dev.orrery.apiserver.kind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A compiled ValidatingAdmissionPolicy. Immutable. */
record ValidatingPolicy(
        Definition definition, List<Validation> validations, List<Annotation> annotations) {

    private static final int MAX_MESSAGE = 5 * 1024;

    static ValidatingPolicy of(JsonNode policy) {
        PolicyEnvironment environment = Definition.environment(policy);
        Definition definition = Definition.of(policy, environment);
        List<Validation> validations = new ArrayList<>();
        for (JsonNode validation : policy.path("spec").path("validations")) {
            validations.add(Validation.of(validation, environment));
        }
        List<Annotation> annotations = new ArrayList<>();
        for (JsonNode annotation : policy.path("spec").path("auditAnnotations")) {
            annotations.add(Annotation.of(annotation, environment));
        }
        return new ValidatingPolicy(definition, List.copyOf(validations), List.copyOf(annotations));
    }

    /**
     * One thing that speaks against a request.
     *
     * @param reason empty for {@code Invalid}
     * @param always whatever the binding's actions are
     */
    record Objection(String message, String reason, boolean always) {}

    /** What speaks against a request, with one parameter or none. */
    List<Objection> ask(Attributes attributes, Kind kind, Optional<JsonNode> param) {
        JsonNode params = param.orElse(null);
        if (!definition.conditions().isEmpty()) {
            RequestBindings bindings = new RequestBindings(attributes, kind, params, false);
            definition.variables().bind(bindings, Budget.forMatchConditions());
            switch (definition.conditions().ask(bindings)) {
                case Answer.NotMeant _ -> {
                    return List.of();
                }
                case Answer.Failed(String message) -> {
                    return undecided(message);
                }
                case Answer.Meant _ -> {}
            }
        }
        Budget budget = new Budget();
        RequestBindings bindings = new RequestBindings(attributes, kind, params, true);
        definition.variables().bind(bindings, budget);
        List<Objection> objections = new ArrayList<>();
        for (Validation validation : validations) {
            validate(validation, bindings, budget, objections);
        }
        annotate(bindings, objections);
        return objections;
    }

    private List<Objection> undecided(String message) {
        return definition.failsOpen() ? List.of() : List.of(new Objection(message, "", false));
    }

    private void validate(
            Validation validation,
            RequestBindings bindings,
            Budget budget,
            List<Objection> objections) {
        switch (Evaluation.of(validation.compilation(), validation.text(), bindings, budget)) {
            case Outcome.Failed(String message, boolean _) -> objections.addAll(undecided(message));
            case Outcome.Value value when value.isTrue() -> {}
            case Outcome.Value _ ->
                    objections.add(
                            new Objection(
                                    message(validation, bindings, budget),
                                    validation.reason(),
                                    false));
        }
    }

    private static String message(Validation validation, RequestBindings bindings, Budget budget) {
        if (validation.messageExpression() == null) {
            return validation.plainMessage();
        }
        Outcome made =
                Evaluation.of(
                        validation.messageExpression(), validation.messageText(), bindings, budget);
        if (made instanceof Outcome.Value(String text)) {
            String line = text.strip();
            boolean good = !line.isEmpty() && line.length() <= MAX_MESSAGE && !line.contains("\n");
            return good ? line : validation.plainMessage();
        }
        return validation.plainMessage();
    }

    private void annotate(RequestBindings bindings, List<Objection> objections) {
        Budget budget = new Budget();
        for (Annotation annotation : annotations) {
            Outcome made =
                    Evaluation.of(annotation.compilation(), annotation.text(), bindings, budget);
            if (made instanceof Outcome.Failed(String message, boolean _)
                    && !definition.failsOpen()) {
                objections.add(new Objection(message, "", true));
            }
        }
    }
}
