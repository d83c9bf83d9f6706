package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.machinery.resource.QualityOfService;
import java.util.List;
import java.util.Map;

/** What the sub-resources of a pod may change: ephemeral containers come, resources move. */
final class PodPartRules {

    private static final List<String> LISTS = List.of("requests", "limits");

    private PodPartRules() {}

    /** Once there, an ephemeral container neither goes nor changes. */
    static void validateEphemeralContainers(Field pod, JsonNode oldPod) {
        Field containers = pod.get("spec", "ephemeralContainers");
        for (JsonNode old : oldPod.path("spec").path("ephemeralContainers")) {
            String name = old.path("name").asText("");
            JsonNode now = named(containers.value(), name);
            if (now.isMissingNode()) {
                containers.forbidden(
                        "existing ephemeral containers \"" + name + "\" may not be removed\n");
            } else if (!Same.same(old, now)) {
                containers.forbidden(
                        "existing ephemeral containers \""
                                + name
                                + "\" may not be changed\n"
                                + Difference.between(old, now));
            }
        }
    }

    private static JsonNode named(JsonNode containers, String name) {
        for (JsonNode container : containers) {
            if (container.path("name").asText("").equals(name)) {
                return container;
            }
        }
        return MissingNode.getInstance();
    }

    static void validateResize(Field pod, JsonNode oldPod) {
        Field spec = pod.get("spec");
        JsonNode old = oldPod.path("spec");
        if (!QualityOfService.of(spec.value()).equals(QualityOfService.of(old))) {
            spec.invalid(
                    oldPod.path("status").path("qosClass").asText(""),
                    "Pod QOS Class may not change as a result of resizing");
        }
        for (String list : List.of("initContainers", "containers")) {
            for (Field container : spec.get(list).items()) {
                JsonNode before = named(old.path(list), container.get("name").text());
                boolean sidecar = container.get("restartPolicy").is("Always");
                if (list.equals("containers") || sidecar) {
                    validateContainer(container, before, spec, sidecar);
                } else if (!Same.same(container.value(), before)) {
                    spec.forbidden("resources for non-sidecar init containers are immutable");
                }
            }
        }
    }

    private static void validateContainer(
            Field container, JsonNode before, Field spec, boolean sidecar) {
        Field resources = container.get("resources");
        JsonNode old = before.path("resources");
        for (String list : LISTS) {
            for (Map.Entry<String, JsonNode> entry : old.path(list).properties()) {
                if (!resources.get(list).value().has(entry.getKey())) {
                    resources.get(list).forbidden("resource " + list + " cannot be removed");
                    break;
                }
            }
        }
        if (!Same.same(rest(container.value()), rest(before))) {
            spec.forbidden(
                    sidecar
                            ? "only cpu and memory resources for sidecar containers are mutable"
                            : "only cpu and memory resources are mutable");
        }
    }

    /** All of a container but what may be resized. */
    private static JsonNode rest(JsonNode container) {
        if (!(container.deepCopy() instanceof ObjectNode rest)) {
            return container;
        }
        ObjectNode resources = Defaults.object(rest, "resources");
        for (String list : LISTS) {
            if (resources.get(list) instanceof ObjectNode quantities) {
                quantities.remove(List.of("cpu", "memory"));
            }
        }
        return rest;
    }
}
