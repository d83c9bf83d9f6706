package dev.orrery.apiserver.rules.admission;

import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of ValidatingAdmissionPolicy. */
public final class ValidatingPolicyRules extends PolicyRules {

    private static final int MAX_ANNOTATIONS = 20;
    private static final int MAX_ANNOTATION_LENGTH = 5 * 1024;
    private static final List<String> REASONS =
            List.of("Forbidden", "Invalid", "RequestEntityTooLarge");
    private static final String AT_LEAST_ONE =
            "validations or auditAnnotations must contain at least one item";

    @Override
    void validateOwn(Field policy, Field spec, PolicyEnvironment environment) {
        Field validations = spec.get("validations");
        Field annotations = spec.get("auditAnnotations");
        if (validations.isEmpty() && annotations.isEmpty()) {
            validations.required(AT_LEAST_ONE);
            annotations.required(AT_LEAST_ONE);
        }
        validations.items().forEach(validation -> validate(validation, environment));
        validateAnnotations(policy, annotations, environment);
    }

    private static void validate(Field validation, PolicyEnvironment environment) {
        Field expression = validation.get("expression");
        if (ExpressionRules.require(expression, "expression is not specified")) {
            ExpressionRules.report(expression, environment.condition(expression.text()));
        }
        Field made = validation.get("messageExpression");
        if (!made.text().isEmpty() && made.text().isBlank()) {
            made.invalid("must be non-empty if specified");
        } else if (!made.text().isEmpty()) {
            ExpressionRules.report(made, environment.message(made.text()));
        }
        Field message = validation.get("message");
        if (!message.text().isEmpty() && message.text().isBlank()) {
            message.invalid("message must be non-empty if specified");
        } else if (message.text().strip().matches("(?s).*[\\n\\r].*")) {
            message.invalid("message must not contain line breaks");
        }
        validation.get("reason").oneOf(REASONS);
    }

    private static void validateAnnotations(
            Field policy, Field annotations, PolicyEnvironment environment) {
        if (annotations.items().size() > MAX_ANNOTATIONS) {
            annotations.invalid("must not have more than " + MAX_ANNOTATIONS + " auditAnnotations");
        }
        String name = policy.get("metadata", "name").text();
        Set<String> keys = new HashSet<>();
        for (Field annotation : annotations.items()) {
            Field key = annotation.get("key");
            String full = name + "/" + key.text();
            Labels.keyFaults(full).forEach(fault -> key.invalid(full, fault));
            validateValue(annotation.get("valueExpression"), environment);
            if (!keys.add(key.text())) {
                key.duplicate(key.text());
            }
        }
    }

    private static void validateValue(Field value, PolicyEnvironment environment) {
        if (!ExpressionRules.require(value, "valueExpression is not specified")) {
            return;
        }
        String text = value.text().strip();
        if (text.length() > MAX_ANNOTATION_LENGTH) {
            value.required("must not exceed " + MAX_ANNOTATION_LENGTH + " bytes in length");
        } else {
            ExpressionRules.report(value, environment.annotation(text));
        }
    }
}
