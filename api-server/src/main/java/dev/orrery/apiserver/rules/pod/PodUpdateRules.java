package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Same;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may change in the spec of a pod that exists: next to nothing. */
final class PodUpdateRules {

    private static final String FROZEN =
            "pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                    + "`spec.tolerations` (only additions to existing tolerations),"
                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
                    + " previously negative)\n";

    private PodUpdateRules() {}

    static void validate(Field pod, JsonNode oldPod) {
        Field spec = pod.get("spec");
        JsonNode old = oldPod.path("spec");
        if (Same.same(spec.value(), old) || !keepsContainers(spec, old)) {
            return;
        }
        if (!validateDeadline(spec.get("activeDeadlineSeconds"), old)) {
            return;
        }
        validateTolerations(spec.get("tolerations"), old.path("tolerations"));
        validateGates(spec.get("schedulingGates"), old.path("schedulingGates"));
        if (spec.value() instanceof ObjectNode changed) {
            ObjectNode rest = withoutWhatMayChange(changed, old, spec);
            if (!Same.same(rest, old)) {
                spec.forbidden(FROZEN + Difference.between(old, rest));
            }
        }
    }

    private static boolean keepsContainers(Field spec, JsonNode old) {
        for (String list : List.of("containers", "initContainers")) {
            if (spec.get(list).value().size() != old.path(list).size()) {
                spec.get(list).forbidden("pod updates may not add or remove containers");
                return false;
            }
        }
        return true;
    }

    private static boolean validateDeadline(Field deadline, JsonNode oldSpec) {
        JsonNode old = oldSpec.path("activeDeadlineSeconds");
        if (!deadline.exists()) {
            if (old.isNumber()) {
                deadline.invalid(null, "must not update from a positive integer to nil value");
            }
            return true;
        }
        long seconds = deadline.number(0);
        if (seconds < 0 || seconds > Integer.MAX_VALUE) {
            deadline.between(0, Integer.MAX_VALUE);
            return false;
        }
        if (old.isNumber() && old.longValue() < seconds) {
            deadline.invalid("must be less than or equal to previous value");
            return false;
        }
        return true;
    }

    private static void validateTolerations(Field tolerations, JsonNode old) {
        for (JsonNode before : old) {
            boolean kept = false;
            for (JsonNode after : tolerations.value()) {
                kept |= Same.same(withoutSeconds(before), withoutSeconds(after));
            }
            if (!kept) {
                tolerations.forbidden(
                        "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static JsonNode withoutSeconds(JsonNode toleration) {
        return toleration instanceof ObjectNode object
                ? object.deepCopy().without("tolerationSeconds")
                : toleration;
    }

    private static void validateGates(Field gates, JsonNode old) {
        Set<String> before = new HashSet<>();
        old.forEach(gate -> before.add(gate.path("name").asText("")));
        for (Field gate : gates.items()) {
            String name = gate.get("name").text();
            if (!before.contains(name)) {
                gate.get("name")
                        .forbidden(
                                "only deletion is allowed, but found new scheduling gate '"
                                        + name
                                        + "'");
            }
        }
    }

    private static ObjectNode withoutWhatMayChange(ObjectNode changed, JsonNode old, Field spec) {
        ObjectNode rest = changed.deepCopy();
        for (String list : List.of("containers", "initContainers")) {
            for (int i = 0; i < rest.path(list).size(); i++) {
                copy("image", old.path(list).path(i), (ObjectNode) rest.path(list).get(i));
            }
        }
        for (String field : List.of("activeDeadlineSeconds", "tolerations", "schedulingGates")) {
            copy(field, old, rest);
        }
        String grace = "terminationGracePeriodSeconds";
        if (old.path(grace).asLong() < 0 && rest.path(grace).asLong() == 1) {
            copy(grace, old, rest);
        }
        if (!old.path("schedulingGates").isEmpty()) {
            allowNarrowing(rest, old, spec);
        }
        return rest;
    }

    /** A gated pod may be bound to fewer nodes than it was created for. */
    private static void allowNarrowing(ObjectNode rest, JsonNode old, Field spec) {
        JsonNode selector = rest.path("nodeSelector");
        for (Map.Entry<String, JsonNode> label : old.path("nodeSelector").properties()) {
            if (!label.getValue().equals(selector.path(label.getKey()))) {
                spec.get("nodeSelector")
                        .invalid(
                                "only additions to spec.nodeSelector are allowed (no deletions or mutations)");
                break;
            }
        }
        copy("nodeSelector", old, rest);
        if (rest.path("affinity") instanceof ObjectNode affinity) {
            copy("nodeAffinity", old.path("affinity"), affinity);
            if (affinity.isEmpty()) {
                rest.remove("affinity");
            }
        }
    }

    private static void copy(String field, JsonNode from, ObjectNode to) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value);
        }
    }
}
