package dev.orrery.scheduler;

import dev.orrery.scheduler.framework.ClusterEvent.NodeChange;
import io.fabric8.kubernetes.api.model.Node;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a node's change can matter to a waiting pod; heartbeats do not. */
final class NodeChanges {

    private NodeChanges() {}

    static Set<NodeChange> between(@Nullable Node before, Node after) {
        Set<NodeChange> what = EnumSet.noneOf(NodeChange.class);
        if (before == null) {
            what.add(NodeChange.ADDED);
            return what;
        }
        if (!allocatable(before).equals(allocatable(after))) {
            what.add(NodeChange.ALLOCATABLE);
        }
        if (!Objects.equals(before.getMetadata().getLabels(), after.getMetadata().getLabels())) {
            what.add(NodeChange.LABELS);
        }
        if (isUnschedulable(before) && !isUnschedulable(after)) {
            what.add(NodeChange.UNSCHEDULABLE);
        }
        boolean spec = before.getSpec() != null && after.getSpec() != null;
        if (spec && !before.getSpec().getTaints().equals(after.getSpec().getTaints())) {
            what.add(NodeChange.TAINTS);
        }
        return what;
    }

    private static Map<String, ?> allocatable(Node node) {
        return node.getStatus() == null ? Map.of() : node.getStatus().getAllocatable();
    }

    private static boolean isUnschedulable(Node node) {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }
}
