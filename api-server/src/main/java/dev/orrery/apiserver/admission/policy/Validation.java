package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * What must hold, and what is said where it does not. Immutable.
 *
 * @param messageText of the expression that makes the message; empty for none
 * @param reason of the Status; empty for {@code Invalid}
 */
record Validation(
        String text,
        Compilation compilation,
        String message,
        String messageText,
        @Nullable Compilation messageExpression,
        String reason) {

    static Validation of(JsonNode validation, PolicyEnvironment environment) {
        String text = validation.path("expression").asText();
        String message = validation.path("messageExpression").asText("");
        return new Validation(
                text,
                environment.condition(text),
                validation.path("message").asText("").strip(),
                message,
                message.isEmpty() ? null : environment.message(message),
                validation.path("reason").asText(""));
    }

    /** Where no message is made: the one that is written, else the expression itself. */
    String plainMessage() {
        return message.isEmpty() ? "failed expression: " + text.strip() : message;
    }
}
