package dev.orrery.apiserver.rules.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Quantities;
import dev.orrery.apiserver.rules.ResourceNames;
import dev.orrery.apiserver.rules.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of ResourceQuota. */
public final class ResourceQuotaRules implements Rules {

    private static final Set<String> SCOPES =
            Set.of(
                    "Terminating",
                    "NotTerminating",
                    "BestEffort",
                    "NotBestEffort",
                    "PriorityClass",
                    "CrossNamespacePodAffinity",
                    "VolumeAttributesClass");
    private static final List<Set<String>> CONFLICTS =
            List.of(Set.of("BestEffort", "NotBestEffort"), Set.of("Terminating", "NotTerminating"));

    @Override
    public void setDefaults(ObjectNode object) {
        Quantities.canonicalizeAll(object.path("spec").path("hard"));
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        validateList(spec.get("hard"));
        Field scopes = spec.get("scopes");
        Set<String> named = new HashSet<>();
        for (Field scope : scopes.items()) {
            named.add(scope.text());
            if (!SCOPES.contains(scope.text())) {
                scopes.invalid("unsupported scope");
            } else if (scope.is("BestEffort") && !onlyPods(spec.get("hard").value())) {
                scopes.invalid("unsupported scope applied to resource");
            }
        }
        if (CONFLICTS.stream().anyMatch(named::containsAll)) {
            scopes.invalid("conflicting scopes");
        }
        for (Field expression : spec.get("scopeSelector", "matchExpressions").items()) {
            validateExpression(expression, spec.get("scopeSelector", "matchExpressions"));
        }
    }

    private static boolean onlyPods(JsonNode hard) {
        return hard.size() == 1 && hard.has("pods");
    }

    private static void validateList(Field list) {
        for (Map.Entry<String, Field> entry : list.entries()) {
            ResourceNames.validateForQuota(entry.getKey(), entry.getValue());
            ResourceNames.validateQuantity(entry.getKey(), entry.getValue());
        }
    }

    private static void validateExpression(Field expression, Field place) {
        String scope = expression.get("scopeName").text();
        if (!SCOPES.contains(scope)) {
            place.get("scopeName").invalid(scope, "unsupported scope");
        }
        Field values = expression.get("values");
        switch (expression.get("operator").text()) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    place.get("values")
                            .required(
                                    "must be at least one value when `operator` is 'In' or 'NotIn'"
                                            + " for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    place.get("values")
                            .invalid(
                                    values.value(),
                                    "must be no value when `operator` is 'Exist' or 'DoesNotExist'"
                                            + " for scope selector");
                }
            }
            default ->
                    place.get("operator")
                            .invalid(
                                    expression.get("operator").text(),
                                    "not a valid selector operator");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field scopes = Field.of(object, errors).get("spec", "scopes");
        if (!texts(scopes.value()).equals(texts(old.path("spec").path("scopes")))) {
            scopes.invalid(scopes.exists() ? scopes.value() : null, "field is immutable");
        }
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field status = Field.of(object, errors).get("status");
        validateList(status.get("hard"));
        validateList(status.get("used"));
    }
}
