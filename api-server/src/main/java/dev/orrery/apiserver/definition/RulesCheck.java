package dev.orrery.apiserver.definition;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.structural.RuleTree;
import dev.orrery.apiserver.structural.Structural;
import java.util.List;

/** {@code x-kubernetes-validations}: how rules are written down. */
final class RulesCheck {

    private static final List<String> REASONS =
            List.of(
                    "FieldValueDuplicate",
                    "FieldValueForbidden",
                    "FieldValueInvalid",
                    "FieldValueRequired");

    private RulesCheck() {}

    static void check(Field schema) {
        for (Field rule : schema.get("x-kubernetes-validations").items()) {
            text(rule);
            Field expression = rule.get("messageExpression");
            if (!expression.isEmpty() && expression.text().isBlank()) {
                expression.required("messageExpression must be non-empty if specified");
            }
            rule.get("reason").oneOf(REASONS);
            path(rule.get("fieldPath"));
        }
    }

    /** Reports the rules of a schema, and of those within it, that are no expressions. */
    static void compile(Field schema) {
        RuleTree rules = RuleTree.of(Structural.of(schema.value()));
        if (rules != null) {
            rules.faults(
                    schema.path().text(),
                    (path, index, field, message) ->
                            schema.errors()
                                    .invalid(
                                            new FieldPath(
                                                    path
                                                            + ".x-kubernetes-validations["
                                                            + index
                                                            + "]."
                                                            + field),
                                            "",
                                            message));
        }
    }

    private static void text(Field rule) {
        String text = rule.get("rule").text().strip();
        Field message = rule.get("message");
        if (text.isEmpty()) {
            rule.get("rule").required("rule is not specified");
        } else if (!message.isEmpty() && message.text().isBlank()) {
            message.invalid("must be non-empty if specified");
        } else if (hasLineBreaks(message.text().strip())) {
            message.invalid("must not contain line breaks");
        } else if (hasLineBreaks(text) && message.text().isBlank()) {
            message.required("message must be specified if rule contains line breaks");
        }
    }

    private static void path(Field path) {
        if (path.isEmpty()) {
            return;
        }
        if (path.text().isBlank()) {
            path.invalid("must be non-empty if specified");
        }
        if (hasLineBreaks(path.text())) {
            path.invalid("must not contain line breaks");
        }
    }

    private static boolean hasLineBreaks(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
