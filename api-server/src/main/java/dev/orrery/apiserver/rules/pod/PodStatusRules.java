package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Field;

/** What a pod's status may turn into: a container that has ended for good stays ended. */
final class PodStatusRules {

    private PodStatusRules() {}

    static void validateTransitions(Field status, JsonNode old) {
        String policy = old.path("spec").path("restartPolicy").asText("");
        validateList(status, old, "containerStatuses", policy);
        validateList(status, old, "initContainerStatuses", policy);
        validateList(status, old, "ephemeralContainerStatuses", "Never");
        for (Field address : status.get("podIPs").items()) {
            if (!Addresses.isAddress(address.get("ip").text())) {
                Addresses.validate(address.with(address.get("ip").value()));
            }
        }
    }

    private static void validateList(Field status, JsonNode old, String list, String policy) {
        if (policy.equals("Always")) {
            return;
        }
        JsonNode before = old.path("status").path(list);
        for (int i = 0; i < before.size(); i++) {
            JsonNode ended = before.get(i).path("state").path("terminated");
            boolean retried = ended.path("exitCode").asInt() != 0 && policy.equals("OnFailure");
            String name = before.get(i).path("name").asText("");
            if (ended.isObject() && !retried && !isSidecar(old, name)) {
                requireEnded(status.get(list), i, name);
            }
        }
    }

    private static boolean isSidecar(JsonNode pod, String name) {
        for (JsonNode container : pod.path("spec").path("initContainers")) {
            if (container.path("name").asText("").equals(name)) {
                return container.path("restartPolicy").asText("").equals("Always");
            }
        }
        return false;
    }

    private static void requireEnded(Field statuses, int index, String name) {
        for (Field status : statuses.items()) {
            boolean runs = !status.get("state", "terminated").exists();
            if (status.get("name").is(name) && runs) {
                statuses.item(index)
                        .get("state")
                        .forbidden("may not be transitioned to non-terminated state");
            }
        }
    }
}
