package dev.orrery.controllermanager.nodelifecycle;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of a node, read, and those of a silent one, written. Pure. */
final class NodeConditions {

    private static final List<String> KUBELET_OWNED =
            List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

    private NodeConditions() {}

    /** {@code True}, {@code False}, {@code Unknown}, or empty where there is no such condition. */
    static String status(Node node, String type) {
        return conditions(node).stream()
                .filter(condition -> condition.getType().equals(type))
                .map(NodeCondition::getStatus)
                .findFirst()
                .orElse("");
    }

    /** The node with nothing known of it any more; empty where it says so already. */
    static Optional<Node> silenced(Node node, Instant now) {
        List<NodeCondition> next = new ArrayList<>();
        for (NodeCondition condition : conditions(node)) {
            next.add(
                    KUBELET_OWNED.contains(condition.getType()) ? lost(condition, now) : condition);
        }
        for (String type : KUBELET_OWNED) {
            if (status(node, type).isEmpty()) {
                next.add(never(type, node.getMetadata().getCreationTimestamp(), now));
            }
        }
        if (next.equals(conditions(node))) {
            return Optional.empty();
        }
        return Optional.of(
                new NodeBuilder(node).editOrNewStatus().withConditions(next).endStatus().build());
    }

    private static NodeCondition lost(NodeCondition condition, Instant now) {
        return condition.getStatus().equals("Unknown")
                ? condition
                : new NodeConditionBuilder(condition)
                        .withStatus("Unknown")
                        .withReason("NodeStatusUnknown")
                        .withMessage("Kubelet stopped posting node status.")
                        .withLastTransitionTime(Timestamps.format(now))
                        .build();
    }

    private static NodeCondition never(String type, String created, Instant now) {
        return new NodeConditionBuilder()
                .withType(type)
                .withStatus("Unknown")
                .withReason("NodeStatusNeverUpdated")
                .withMessage("Kubelet never posted node status.")
                .withLastHeartbeatTime(created)
                .withLastTransitionTime(Timestamps.format(now))
                .build();
    }

    private static List<NodeCondition> conditions(Node node) {
        return node.getStatus() == null ? List.of() : node.getStatus().getConditions();
    }
}
