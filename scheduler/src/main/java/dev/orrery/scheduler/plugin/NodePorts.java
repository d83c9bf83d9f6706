package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.HostPort;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.ClusterEvent.NodeChange;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Filter;
import dev.orrery.scheduler.framework.PreFilter;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.framework.Status.Rejected;

/** Keeps a pod off the nodes on which a host port that it wants is taken. */
public final class NodePorts implements PreFilter, Filter {

    private final Rejected taken =
            Status.unschedulable(
                    this, "node(s) didn't have free ports for the requested pod ports");

    @Override
    public Status preFilter(CycleState state, PodInfo pod) {
        return pod.ports().isEmpty() ? Status.SKIP : Status.SUCCESS;
    }

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        for (HostPort wanted : pod.ports()) {
            if (wanted.conflictsWithAny(node.ports())) {
                return taken;
            }
        }
        return Status.SUCCESS;
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeChanged changed -> changed.isAny(NodeChange.ADDED);
            case ClusterEvent.PodGone gone ->
                    pod.ports().stream()
                            .anyMatch(port -> port.conflictsWithAny(gone.pod().ports()));
            default -> false;
        };
    }
}
