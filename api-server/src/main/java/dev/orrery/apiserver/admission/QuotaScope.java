package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.pod.QualityOfService;

/**
 * Which pods a quota is about.
 *
 * @param spec of the quota
 */
record QuotaScope(JsonNode spec) {

    /** A quota without a scope; any other is about pods alone. */
    boolean isEverything() {
        return spec.path("scopes").isEmpty()
                && spec.path("scopeSelector").path("matchExpressions").isEmpty();
    }

    boolean matches(JsonNode pod) {
        for (JsonNode scope : spec.path("scopes")) {
            if (!isIn(scope.asText(""), pod)) {
                return false;
            }
        }
        for (JsonNode expression : spec.path("scopeSelector").path("matchExpressions")) {
            if (!fulfils(expression, pod)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(String scope, JsonNode pod) {
        JsonNode podSpec = pod.path("spec");
        return switch (scope) {
            case "Terminating" -> podSpec.path("activeDeadlineSeconds").isNumber();
            case "NotTerminating" -> !podSpec.path("activeDeadlineSeconds").isNumber();
            case "BestEffort" -> QualityOfService.of(podSpec).equals("BestEffort");
            case "NotBestEffort" -> !QualityOfService.of(podSpec).equals("BestEffort");
            case "PriorityClass" -> !podSpec.path("priorityClassName").asText("").isEmpty();
            case "CrossNamespacePodAffinity" -> crossesNamespaces(podSpec.path("affinity"));
            default -> false;
        };
    }

    private static boolean fulfils(JsonNode expression, JsonNode pod) {
        String scope = expression.path("scopeName").asText("");
        String operator = expression.path("operator").asText("");
        if (!scope.equals("PriorityClass")) {
            return isIn(scope, pod);
        }
        String name = pod.path("spec").path("priorityClassName").asText("");
        boolean named = false;
        for (JsonNode value : expression.path("values")) {
            named |= value.asText("").equals(name);
        }
        return switch (operator) {
            case "In" -> named;
            case "NotIn" -> !named;
            case "Exists" -> !name.isEmpty();
            case "DoesNotExist" -> name.isEmpty();
            default -> false;
        };
    }

    private static boolean crossesNamespaces(JsonNode affinity) {
        for (String kind : new String[] {"podAffinity", "podAntiAffinity"}) {
            for (JsonNode terms : affinity.path(kind)) {
                for (JsonNode term : terms) {
                    JsonNode plain = term.path("podAffinityTerm");
                    JsonNode checked = plain.isObject() ? plain : term;
                    if (!checked.path("namespaces").isEmpty()
                            || checked.path("namespaceSelector").isObject()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
