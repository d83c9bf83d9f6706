package dev.orrery.apiserver.rules.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of what policies and webhooks say in CEL. */
final class ExpressionRules {

    private static final int MAX_CONDITIONS = 64;

    private static final Set<String> RESERVED =
            Set.of(
                    "true",
                    "false",
                    "null",
                    "in",
                    "as",
                    "break",
                    "const",
                    "continue",
                    "else",
                    "for",
                    "function",
                    "if",
                    "import",
                    "let",
                    "loop",
                    "package",
                    "namespace",
                    "return",
                    "var",
                    "void",
                    "while");

    private ExpressionRules() {}

    /**
     * @param params whether the conditions may use parameters
     */
    static void validateConditions(Field conditions, boolean params) {
        List<Field> items = conditions.items();
        if (items.size() > MAX_CONDITIONS) {
            conditions.errors().tooMany(conditions.path(), items.size(), MAX_CONDITIONS);
        }
        Set<String> names = new HashSet<>();
        for (Field condition : items) {
            Field expression = condition.get("expression");
            if (require(expression, "")) {
                report(
                        expression.with(trimmed(expression)),
                        new PolicyEnvironment(params).condition(expression.text().strip()));
            }
            Field name = condition.get("name");
            if (name.require("")) {
                name.invalid(Labels.keyFaults(name.text()));
                if (!names.add(name.text())) {
                    name.duplicate(name.text());
                }
            }
        }
    }

    private static JsonNode trimmed(Field field) {
        return TextNode.valueOf(field.text().strip());
    }

    static void validateVariables(Field variables, PolicyEnvironment environment) {
        for (Field variable : variables.items()) {
            Field name = variable.get("name");
            if (require(name, "name is not specified") && !isIdentifier(name.text())) {
                name.invalid("name is not a valid CEL identifier");
            }
            Field expression = variable.get("expression");
            if (require(expression, "expression is not specified")) {
                report(expression, environment.addVariable(name.text(), expression.text()));
            }
        }
    }

    private static boolean isIdentifier(String name) {
        return name.matches("[_a-zA-Z][_a-zA-Z0-9]*") && !RESERVED.contains(name);
    }

    /** Blank is nothing too. */
    static boolean require(Field field, String detail) {
        if (field.text().isBlank()) {
            field.required(detail);
            return false;
        }
        return true;
    }

    static void report(Field expression, Compilation compilation) {
        String fault = compilation.fault();
        if (fault != null) {
            expression.invalid(fault);
        }
    }
}
