package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the checks of one container need to know of its pod.
 *
 * @param volumes by name, also those of the claim templates of a StatefulSet
 * @param isPod a pod, not a template
 */
record PodView(
        JsonNode spec, Map<String, JsonNode> volumes, Set<String> resourceClaims, boolean isPod) {

    static PodView of(JsonNode spec, boolean isPod) {
        Map<String, JsonNode> volumes = HashMap.newHashMap(spec.path("volumes").size());
        for (JsonNode volume : spec.path("volumes")) {
            volumes.put(volume.path("name").asText(""), volume);
        }
        Set<String> claims = new HashSet<>();
        for (JsonNode claim : spec.path("resourceClaims")) {
            claims.add(claim.path("name").asText(""));
        }
        return new PodView(spec, volumes, claims, isPod);
    }

    String restartPolicy() {
        return spec.path("restartPolicy").asText("");
    }

    boolean hostUsers() {
        return spec.path("hostUsers").asBoolean(true);
    }

    boolean is(String flag) {
        return spec.path(flag).asBoolean(false);
    }
}
