package dev.orrery.apiserver.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.bundle.Cel;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.validator.CelAstValidator;

/** Refuses a literal pattern that is none. CEL's own check knows Java's patterns, not RE2's. */
final class RegexLiterals implements CelAstValidator {

    @Override
    public void validate(CelNavigableAst tree, Cel cel, IssuesFactory issues) {
        tree.getRoot()
                .allNodes()
                .map(node -> node.expr().callOrDefault())
                .filter(call -> call.function().equals("matches") && !call.args().isEmpty())
                .map(call -> call.args().getLast())
                .filter(pattern -> !isPattern(pattern))
                .forEach(pattern -> issues.addError(pattern.id(), "invalid matches argument"));
    }

    /** Also where it is not a literal. */
    private static boolean isPattern(CelExpr pattern) {
        if (pattern.exprKind().getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return true;
        }
        try {
            return Pattern.compile(pattern.constant().stringValue()).pattern() != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
