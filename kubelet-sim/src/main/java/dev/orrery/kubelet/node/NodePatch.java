package dev.orrery.kubelet.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be changed in a Node object so that it says of the node what the kubelet knows of it.
 * Resources, labels, conditions and taints of other writers are not touched. Pure.
 */
final class NodePatch {

    private static final List<String> TIMES = List.of("lastHeartbeatTime", "lastTransitionTime");

    private NodePatch() {}

    /** A strategic merge patch of the object itself; empty where it says all. */
    static Optional<JsonNode> ofObject(Node node, NodeShape shape) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        Map<String, String> labels = node.getMetadata().getLabels();
        NodeObject.labels(shape)
                .forEach((name, value) -> {
                    if (labels == null || !labels.containsKey(name)) {
                        patch.withObject("/metadata/labels").put(name, value);
                    }
                });
        Map<String, String> annotations = node.getMetadata().getAnnotations();
        String agent = annotations == null ? null : annotations.get(NodeShape.AGENT_ADDRESS);
        if (!shape.agentAddress().isEmpty() && !shape.agentAddress().equals(agent)) {
            patch.withObject("/metadata/annotations")
                    .put(NodeShape.AGENT_ADDRESS, shape.agentAddress());
        }
        if (node.getSpec() == null || node.getSpec().getPodCIDR() == null) {
            ObjectNode spec = patch.putObject("spec");
            spec.put("podCIDR", shape.podCidr().text());
            spec.putArray("podCIDRs").add(shape.podCidr().text());
        }
        return patch.isEmpty() ? Optional.empty() : Optional.of(patch);
    }

    /**
     * A strategic merge patch of the status; empty where it says all.
     *
     * @param pressed the node is short of memory
     * @param heartbeat the conditions are to be confirmed even if nothing differs
     */
    static Optional<JsonNode> ofStatus(
            Node node, NodeShape shape, boolean pressed, boolean heartbeat, Instant now) {
        JsonNode shown = Json.MAPPER.valueToTree(node).path("status");
        JsonNode wanted = Json.MAPPER.valueToTree(NodeObject.status(shape, pressed, now));
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (String map : List.of("capacity", "allocatable", "nodeInfo", "daemonEndpoints")) {
            putMissing(patch, map, shown.path(map), wanted.path(map));
        }
        followCapacity(patch, shown, wanted);
        putIfOthers(patch, shown, wanted);
        putConditions(patch, shown, wanted, heartbeat);
        if (patch.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("status", patch);
        return Optional.of(whole);
    }

    private static void putMissing(ObjectNode patch, String map, JsonNode shown, JsonNode wanted) {
        wanted.properties()
                .forEach(entry -> {
                    if (!entry.getValue().equals(shown.path(entry.getKey()))) {
                        patch.withObject("/" + map).set(entry.getKey(), entry.getValue());
                    }
                });
    }

    /** Of a resource that others advertise, by its capacity, all is allocatable. */
    private static void followCapacity(ObjectNode patch, JsonNode shown, JsonNode wanted) {
        JsonNode capacity = shown.path("capacity");
        JsonNode allocatable = shown.path("allocatable");
        capacity.properties()
                .forEach(entry -> {
                    if (!wanted.path("capacity").has(entry.getKey())
                            && !entry.getValue().equals(allocatable.path(entry.getKey()))) {
                        patch.withObject("/allocatable").set(entry.getKey(), entry.getValue());
                    }
                });
        allocatable
                .fieldNames()
                .forEachRemaining(name -> {
                    if (!wanted.path("allocatable").has(name) && !capacity.has(name)) {
                        patch.withObject("/allocatable").putNull(name);
                    }
                });
    }

    private static void putIfOthers(ObjectNode patch, JsonNode shown, JsonNode wanted) {
        for (JsonNode address : wanted.path("addresses")) {
            if (!address.equals(sameType(shown.path("addresses"), address))) {
                patch.withArray("addresses").add(address);
            }
        }
    }

    private static void putConditions(
            ObjectNode patch, JsonNode shown, JsonNode wanted, boolean heartbeat) {
        for (JsonNode condition : wanted.path("conditions")) {
            JsonNode old = sameType(shown.path("conditions"), condition);
            boolean sameStatus = old.path("status").equals(condition.path("status"));
            boolean same = withoutTimes(old).equals(withoutTimes(condition));
            if (same && !heartbeat) {
                continue;
            }
            ObjectNode written = condition.deepCopy();
            if (sameStatus && old.has("lastTransitionTime")) {
                written.set("lastTransitionTime", old.path("lastTransitionTime"));
            }
            patch.withArray("conditions").add(written);
        }
    }

    private static JsonNode sameType(JsonNode list, JsonNode wanted) {
        for (JsonNode item : list) {
            if (item.path("type").equals(wanted.path("type"))) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode withoutTimes(JsonNode condition) {
        return condition.isObject() ? ((ObjectNode) condition.deepCopy()).remove(TIMES) : condition;
    }
}
