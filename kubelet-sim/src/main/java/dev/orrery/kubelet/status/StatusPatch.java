package dev.orrery.kubelet.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The strategic merge patch that turns the status that the API shows into the one that it is to
 * show. It names the uid, so that it never meets another pod of the same name, and carries only
 * what differs: conditions of other writers stay as they are.
 */
public final class StatusPatch {

    /** All that a kubelet writes and that is replaced whole. */
    private static final List<String> OWNED =
            List.of(
                    "observedGeneration",
                    "phase",
                    "reason",
                    "message",
                    "startTime",
                    "qosClass",
                    "hostIP",
                    "podIP",
                    "initContainerStatuses",
                    "containerStatuses",
                    "ephemeralContainerStatuses");

    /** Conditions that are there only while they hold. */
    private static final Set<String> PASSING =
            Set.of(Conditions.RESIZE_PENDING, Conditions.RESIZE_IN_PROGRESS);

    private static final List<String> ADDRESS_LISTS = List.of("hostIPs", "podIPs");

    private StatusPatch() {}

    /** Empty where nothing differs. */
    public static Optional<JsonNode> of(Pod pod, PodStatus wanted) {
        JsonNode before = tree(pod.getStatus() == null ? new PodStatus() : pod.getStatus());
        JsonNode after = tree(wanted);
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        OWNED.forEach(field -> putIfChanged(status, field, before, after));
        ADDRESS_LISTS.forEach(field -> putAddresses(status, field, before, after));
        putConditions(status, before.path("conditions"), after.path("conditions"));
        if (status.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", pod.getMetadata().getUid());
        patch.set("status", status);
        return Optional.of(patch);
    }

    private static void putIfChanged(
            ObjectNode status, String field, JsonNode before, JsonNode after) {
        JsonNode value = after.path(field);
        if (isAbsent(value)) {
            if (!isAbsent(before.path(field)) && !field.equals("podIP")) {
                status.putNull(field);
            }
        } else if (!value.equals(before.path(field))) {
            status.set(field, value);
        }
    }

    /** These lists merge by address: an address that changes must be replaced by name. */
    private static void putAddresses(
            ObjectNode status, String field, JsonNode before, JsonNode after) {
        JsonNode value = after.path(field);
        if (isAbsent(value) || value.equals(before.path(field))) {
            return;
        }
        ArrayNode list = status.putArray(field);
        if (field.equals("podIPs") && !isAbsent(before.path(field))) {
            list.addObject().put("$patch", "replace");
        }
        value.forEach(list::add);
    }

    private static void putConditions(ObjectNode status, JsonNode before, JsonNode after) {
        for (JsonNode condition : after) {
            JsonNode old = sameType(before, condition);
            if (!old.equals(condition)) {
                status.withArray("conditions").add(takingBack(old, condition));
            }
        }
        for (JsonNode old : before) {
            String type = old.path("type").asText();
            if (PASSING.contains(type) && sameType(after, old).isMissingNode()) {
                status.withArray("conditions")
                        .addObject()
                        .put("$patch", "delete")
                        .put("type", type);
            }
        }
    }

    private static JsonNode sameType(JsonNode conditions, JsonNode wanted) {
        for (JsonNode condition : conditions) {
            if (condition.path("type").equals(wanted.path("type"))) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    /** What a condition no longer says must be taken back by name. */
    private static JsonNode takingBack(JsonNode old, JsonNode condition) {
        ObjectNode whole = condition.deepCopy();
        old.fieldNames()
                .forEachRemaining(field -> {
                    if (!whole.has(field)) {
                        whole.putNull(field);
                    }
                });
        return whole;
    }

    /**
     * Whether people wait for it. That a sandbox stands and has an address can go with the next
     * change, which is seldom a second away.
     */
    public static boolean isUrgent(JsonNode patch) {
        JsonNode status = patch.path("status");
        for (Iterator<String> fields = status.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!field.equals("conditions") && !field.startsWith("podIP")) {
                return true;
            }
        }
        for (JsonNode condition : status.path("conditions")) {
            if (!condition.path("type").asText().equals("PodReadyToStartContainers")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isArray() && value.isEmpty());
    }

    private static JsonNode tree(PodStatus status) {
        return Json.MAPPER.valueToTree(status);
    }
}
