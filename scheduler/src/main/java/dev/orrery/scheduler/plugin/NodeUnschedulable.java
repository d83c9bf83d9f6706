package dev.orrery.scheduler.plugin;

import dev.orrery.machinery.selector.Tolerations;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.ClusterEvent.NodeChange;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Filter;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.framework.Status.Rejected;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;

/** A cordoned node takes only pods that tolerate being unschedulable: those of DaemonSets. */
public final class NodeUnschedulable implements Filter {

    private static final Taint UNSCHEDULABLE =
            new TaintBuilder()
                    .withKey("node.kubernetes.io/unschedulable")
                    .withEffect(Tolerations.NO_SCHEDULE)
                    .build();

    private final Rejected unschedulable = Status.unresolvable(this, "node(s) were unschedulable");

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        return !node.isUnschedulable() || pod.tolerations().tolerate(UNSCHEDULABLE)
                ? Status.SUCCESS
                : unschedulable;
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return (event instanceof ClusterEvent.PodChanged(PodInfo before, PodInfo after)
                        && !before.tolerations().equals(after.tolerations()))
                || (event instanceof ClusterEvent.NodeChanged changed
                        && changed.isAny(NodeChange.UNSCHEDULABLE));
    }
}
