package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.PodInfo;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of the cluster that may let a waiting pod through. */
public sealed interface ClusterEvent {

    /** What about a node is better or other than before. */
    enum NodeChange {
        ADDED,
        ALLOCATABLE,
        LABELS,
        TAINTS,
        UNSCHEDULABLE
    }

    /** A node came, or changed. */
    record NodeChanged(@Nullable Node before, Node after, Set<NodeChange> what)
            implements ClusterEvent {
        public NodeChanged {
            what = Set.copyOf(what);
        }

        public boolean isAny(NodeChange first, NodeChange... others) {
            if (what.contains(NodeChange.ADDED) || what.contains(first)) {
                return true;
            }
            for (NodeChange each : others) {
                if (what.contains(each)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A pod came to run on a node. */
    record PodPlaced(PodInfo pod) implements ClusterEvent {}

    /** A pod on a node asks for less, is terminating, or has other labels. */
    record PlacedPodChanged(PodInfo before, PodInfo after) implements ClusterEvent {}

    /** A pod is gone from its node, or did not get there. */
    record PodGone(PodInfo pod, String node) implements ClusterEvent {}

    /** The waiting pod itself was changed. */
    record PodChanged(PodInfo before, PodInfo after) implements ClusterEvent {}

    /** A claim, volume, class or other object came or changed. */
    record ObjectChanged(HasMetadata after) implements ClusterEvent {}
}
