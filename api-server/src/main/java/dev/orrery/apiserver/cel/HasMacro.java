package dev.orrery.apiserver.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelIssue;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.orrery.apiserver.cel.function.Libraries;
import java.util.Optional;

/**
 * {@code has(a.b)}, which is false where {@code a} is null or a number. The library's own fails
 * there, and policies say {@code has(oldObject.spec)} of objects that are new.
 */
final class HasMacro {

    static final CelMacro MACRO = CelMacro.newGlobalMacro("has", 1, HasMacro::expand);

    private HasMacro() {}

    private static Optional<CelExpr> expand(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr argument = arguments.getFirst();
        if (argument.exprKind().getKind() != CelExpr.ExprKind.Kind.SELECT) {
            return Optional.of(
                    factory.reportError(
                            CelIssue.formatError(
                                    factory.getSourceLocation(argument),
                                    "invalid argument to has() macro")));
        }
        CelExpr.CelSelect select = argument.select();
        CelExpr test = factory.newSelect(select.operand(), select.field(), true);
        CelExpr guard = factory.newGlobalCall(Libraries.HAS_FIELDS, factory.copy(select.operand()));
        return Optional.of(factory.newGlobalCall(Operator.LOGICAL_AND.getFunction(), guard, test));
    }
}
