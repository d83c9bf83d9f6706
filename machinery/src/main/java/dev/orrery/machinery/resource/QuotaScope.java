package dev.orrery.machinery.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.GroupResource;
import java.util.HashSet;
import java.util.Set;

/**
 * Which objects a quota is about: without a scope all, with one only pods, or claims where it is
 * about their class of volume attributes.
 *
 * @param spec of the quota
 */
public record QuotaScope(JsonNode spec) {

    private static final String VOLUME_CLASS = "VolumeAttributesClass";
    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");

    public boolean covers(GroupResource resource, JsonNode object) {
        for (JsonNode scope : spec.path("scopes")) {
            if (!isIn(scope.asText(""), resource, object)) {
                return false;
            }
        }
        for (JsonNode expression : spec.path("scopeSelector").path("matchExpressions")) {
            if (!fulfils(expression, resource, object)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(String scope, GroupResource resource, JsonNode object) {
        if (scope.equals(VOLUME_CLASS)) {
            return resource.equals(CLAIMS) && !volumeClasses(object).isEmpty();
        }
        return resource.equals(PODS) && isIn(scope, object);
    }

    private static boolean fulfils(JsonNode expression, GroupResource resource, JsonNode object) {
        String scope = expression.path("scopeName").asText("");
        if (scope.equals(VOLUME_CLASS)) {
            return resource.equals(CLAIMS) && fulfils(expression, volumeClasses(object));
        }
        if (!resource.equals(PODS)) {
            return false;
        }
        String name = object.path("spec").path("priorityClassName").asText("");
        return scope.equals("PriorityClass")
                ? fulfils(expression, name.isEmpty() ? Set.of() : Set.of(name))
                : isIn(scope, object);
    }

    /** The class that a claim has, and the one that it is on its way to. */
    private static Set<String> volumeClasses(JsonNode claim) {
        Set<String> names = new HashSet<>();
        JsonNode status = claim.path("status");
        names.add(claim.path("spec").path("volumeAttributesClassName").asText(""));
        names.add(status.path("currentVolumeAttributesClassName").asText(""));
        names.add(
                status.path("modifyVolumeStatus")
                        .path("targetVolumeAttributesClassName")
                        .asText(""));
        names.remove("");
        return names;
    }

    private static boolean fulfils(JsonNode expression, Set<String> names) {
        boolean named = false;
        for (JsonNode value : expression.path("values")) {
            named |= names.contains(value.asText(""));
        }
        return switch (expression.path("operator").asText("")) {
            case "In" -> named;
            case "NotIn" -> !named;
            case "Exists" -> !names.isEmpty();
            case "DoesNotExist" -> names.isEmpty();
            default -> false;
        };
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
