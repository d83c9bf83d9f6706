package dev.orrery.apiserver.rules.admission;

import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import dev.orrery.apiserver.rules.Field;
import java.util.List;

/** The rules of MutatingAdmissionPolicy. */
public final class MutatingPolicyRules extends PolicyRules {

    static final List<String> REINVOCATION = List.of("IfNeeded", "Never");

    private static final List<String> PATCH_TYPES = List.of("ApplyConfiguration", "JSONPatch");

    @Override
    void validateOwn(Field policy, Field spec, PolicyEnvironment environment) {
        spec.get("reinvocationPolicy").requireOneOf(REINVOCATION);
        Field mutations = spec.get("mutations");
        if (mutations.isEmpty()) {
            mutations.required("mutations must contain at least one item");
        }
        mutations.items().forEach(mutation -> validate(mutation, environment));
    }

    private static void validate(Field mutation, PolicyEnvironment environment) {
        Field type = mutation.get("patchType");
        type.requireOneOf(PATCH_TYPES);
        Field apply = mutation.get("applyConfiguration");
        Field patch = mutation.get("jsonPatch");
        boolean applies = type.is("ApplyConfiguration");
        if (applies || type.is("JSONPatch")) {
            Field wanted = applies ? apply : patch;
            Field other = applies ? patch : apply;
            if (other.exists()) {
                other.forbidden("must not be specified when patchType is " + type.text());
            }
            if (!wanted.exists()) {
                wanted.required("must be specified when patchType is " + type.text());
                return;
            }
            Field expression = wanted.get("expression");
            if (ExpressionRules.require(expression, "expression is not specified")) {
                ExpressionRules.report(
                        expression,
                        applies
                                ? environment.application(expression.text())
                                : environment.patch(expression.text()));
            }
        }
    }
}
