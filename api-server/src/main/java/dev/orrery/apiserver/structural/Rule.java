package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.orrery.apiserver.cel.Bindings;
import dev.orrery.apiserver.cel.Budget;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.DeclaredType;
import dev.orrery.apiserver.cel.Environment;
import dev.orrery.apiserver.cel.Expression;
import dev.orrery.apiserver.cel.Json;
import dev.orrery.apiserver.cel.Outcome;
import dev.orrery.apiserver.cel.ResultType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of a schema's {@code x-kubernetes-validations}, compiled. Immutable, for any thread.
 *
 * @param source as it was written
 * @param type of the value that it is about
 * @param compiled the rule itself
 * @param message makes the message; null where none is given
 */
record Rule(
        JsonNode source, DeclaredType type, Compilation compiled, @Nullable Compilation message) {

    private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");
    private static final String OLD = "oldSelf";

    static Rule of(JsonNode source, DeclaredType type) {
        boolean optional = source.path("optionalOldSelf").asBoolean();
        Environment environment =
                Environment.of(Map.of("self", type, OLD, optional ? DeclaredType.DYN : type));
        String message = source.path("messageExpression").asText("");
        return new Rule(
                source,
                type,
                environment.compile(source.path("rule").asText(""), ResultType.BOOL),
                message.isEmpty() ? null : environment.compile(message, ResultType.STRING));
    }

    String text() {
        return source.path("rule").asText("").strip();
    }

    /** Whether it is about a change. */
    boolean usesOldSelf() {
        return OLD_SELF.matcher(text()).find();
    }

    boolean isOptional() {
        return source.path("optionalOldSelf").asBoolean();
    }

    /**
     * @param old missing where there was nothing
     * @return what is wrong; null where the rule holds
     */
    @Nullable String fault(JsonNode value, JsonNode old, Budget budget) {
        if (!(compiled instanceof Compilation.Done(Expression rule))) {
            return "rule compile error: " + compiled.fault();
        }
        Bindings values = name -> bound(name, value, old);
        return switch (rule.evaluate(values, budget)) {
            case Outcome.Value result -> result.isTrue() ? null : message(values, budget);
            case Outcome.Failed(String failure, boolean outOfBudget) ->
                    outOfBudget ? failure : failure + " evaluating rule: " + shown();
        };
    }

    private @Nullable Object bound(String name, JsonNode value, JsonNode old) {
        if (!name.equals(OLD)) {
            return Json.wrap(value, type);
        }
        if (isOptional()) {
            return old.isMissingNode() ? Optional.empty() : Optional.of(Json.wrap(old, type));
        }
        return old.isMissingNode() ? null : Json.wrap(old, type);
    }

    private String message(Bindings values, Budget budget) {
        if (message instanceof Compilation.Done(Expression text)
                && text.evaluate(values, budget) instanceof Outcome.Value(Object made)
                && made instanceof String words
                && !words.isBlank()) {
            return words.strip();
        }
        String fixed = source.path("message").asText("").strip();
        return fixed.isEmpty() ? "failed rule: " + text() : fixed;
    }

    private String shown() {
        String fixed = source.path("message").asText("").strip();
        return fixed.isEmpty() ? text() : fixed;
    }
}
