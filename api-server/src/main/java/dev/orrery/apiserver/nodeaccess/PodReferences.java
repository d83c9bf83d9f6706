package dev.orrery.apiserver.nodeaccess;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.GroupResource;
import java.util.List;

/** The objects of its namespace that a pod names. Pure. */
final class PodReferences {

    private static final List<String> CONTAINERS =
            List.of("containers", "initContainers", "ephemeralContainers");

    /** Volume sources with a secret of their own beside them. */
    private static final List<String> SECRET_REFERENCES =
            List.of("secretRef", "nodePublishSecretRef");

    private PodReferences() {}

    static boolean has(JsonNode pod, GroupResource resource, String name) {
        JsonNode spec = pod.path("spec");
        return switch (resource.resource()) {
            case "secrets" -> hasSecret(spec, name);
            case "configmaps" ->
                    inVolumes(spec, "configMap", "name", name)
                            || inEnvironment(spec, "configMap", name);
            case "persistentvolumeclaims" ->
                    inVolumes(spec, "persistentVolumeClaim", "claimName", name)
                            || hasEphemeral(pod, name);
            case "serviceaccounts" -> spec.path("serviceAccountName").asText("").equals(name);
            case "resourceclaims" -> hasResourceClaim(pod, name);
            default -> false;
        };
    }

    private static boolean hasSecret(JsonNode spec, String name) {
        for (JsonNode pull : spec.path("imagePullSecrets")) {
            if (is(pull.path("name"), name)) {
                return true;
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            for (JsonNode source : volume) {
                if (SECRET_REFERENCES.stream()
                        .anyMatch(ref -> is(source.path(ref).path("name"), name))) {
                    return true;
                }
            }
        }
        return inVolumes(spec, "secret", "secretName", name) || inEnvironment(spec, "secret", name);
    }

    private static boolean inVolumes(JsonNode spec, String source, String field, String name) {
        for (JsonNode volume : spec.path("volumes")) {
            if (is(volume.path(source).path(field), name)) {
                return true;
            }
            for (JsonNode part : volume.path("projected").path("sources")) {
                if (is(part.path(source).path("name"), name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean inEnvironment(JsonNode spec, String source, String name) {
        for (String list : CONTAINERS) {
            for (JsonNode container : spec.path(list)) {
                for (JsonNode from : container.path("envFrom")) {
                    if (is(from.path(source + "Ref").path("name"), name)) {
                        return true;
                    }
                }
                for (JsonNode variable : container.path("env")) {
                    if (is(variable.path("valueFrom").path(source + "KeyRef").path("name"), name)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean hasEphemeral(JsonNode pod, String name) {
        String prefix = pod.path("metadata").path("name").asText() + "-";
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            if (volume.has("ephemeral") && name.equals(prefix + volume.path("name").asText())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasResourceClaim(JsonNode pod, String name) {
        for (JsonNode claim : pod.path("spec").path("resourceClaims")) {
            if (is(claim.path("resourceClaimName"), name)) {
                return true;
            }
        }
        for (JsonNode status : pod.path("status").path("resourceClaimStatuses")) {
            if (is(status.path("resourceClaimName"), name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(JsonNode text, String name) {
        return text.asText("").equals(name);
    }
}
