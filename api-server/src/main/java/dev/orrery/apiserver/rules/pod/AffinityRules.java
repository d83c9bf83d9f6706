package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import java.util.List;

/** Where a pod wants to be: near nodes, near pods, away from pods. */
public final class AffinityRules {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityRules() {}

    static void validate(Field affinity) {
        if (!affinity.exists()) {
            return;
        }
        Field node = affinity.get("nodeAffinity");
        if (node.get(REQUIRED).exists()) {
            validateNodeSelector(node.get(REQUIRED));
        }
        for (Field preferred : node.get(PREFERRED).items()) {
            validateWeight(preferred.get("weight"));
            validateTerm(preferred.get("preference"), false);
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            Field pods = affinity.get(kind);
            pods.get(REQUIRED).items().forEach(AffinityRules::validatePodTerm);
            for (Field preferred : pods.get(PREFERRED).items()) {
                validateWeight(preferred.get("weight"));
                validatePodTerm(preferred.get("podAffinityTerm"));
            }
        }
    }

    private static void validateWeight(Field weight) {
        long value = weight.number(0);
        if (value <= 0 || value > 100) {
            weight.invalid(value, "must be in the range 1-100");
        }
    }

    /** A {@code NodeSelector}, as persistent volumes have it too. */
    public static void validateNodeSelector(Field selector) {
        Field terms = selector.get("nodeSelectorTerms");
        if (terms.require("must have at least one node selector term")) {
            terms.items().forEach(term -> validateTerm(term, true));
        }
    }

    private static void validateTerm(Field term, boolean checkValues) {
        for (Field expression : term.get("matchExpressions").items()) {
            validateOperator(expression);
            expression.get("key").invalid(Labels.keyFaults(expression.get("key").text()));
            if (checkValues) {
                for (Field value : expression.get("values").items()) {
                    value.invalid(Labels.valueFaults(value.text()));
                }
            }
        }
        term.get("matchFields").items().forEach(AffinityRules::validateField);
    }

    private static void validateOperator(Field expression) {
        Field values = expression.get("values");
        switch (expression.get("operator").text()) {
            case "In", "NotIn" ->
                    values.require("must be specified when `operator` is 'In' or 'NotIn'");
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    values.forbidden(
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values.value().size() != 1) {
                    values.required(
                            "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default ->
                    expression
                            .get("operator")
                            .invalid(
                                    expression.get("operator").text(),
                                    "not a valid selector operator");
        }
    }

    private static void validateField(Field expression) {
        Field values = expression.get("values");
        Field operator = expression.get("operator");
        if (!operator.is("In") && !operator.is("NotIn")) {
            operator.invalid(operator.text(), "not a valid selector operator");
        } else if (values.value().size() != 1) {
            values.required(
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field"
                            + " selector");
        }
        Field key = expression.get("key");
        if (key.is("metadata.name")) {
            values.items().forEach(value -> value.invalid(Names.dnsSubdomain(value.text())));
        } else {
            key.invalid(key.text(), "not a valid field selector key");
        }
    }

    private static void validatePodTerm(Field term) {
        Labels.validateSelector(term.get("labelSelector"));
        Labels.validateSelector(term.get("namespaceSelector"));
        for (Field namespace : term.get("namespaces").items()) {
            for (String fault : Names.dnsLabel(namespace.text())) {
                term.get("namespace").invalid(namespace.text(), fault);
            }
        }
        Field key = term.get("topologyKey");
        key.require("can not be empty");
        for (String fault : Labels.keyFaults(key.text())) {
            key.invalid(key.text(), fault);
        }
    }
}
