package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.ClusterEvent.NodeChange;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Filter;
import dev.orrery.scheduler.framework.PreFilter;
import dev.orrery.scheduler.framework.Score;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.framework.Status.Rejected;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a pod to its node selector and required node affinity, and prefers nodes by the weights of
 * its preferred node affinity. A pod that goes by node name, as a DaemonSet's does, is tried on
 * those nodes alone.
 */
public final class NodeAffinity implements PreFilter, Filter, Score {

    private static final int WEIGHT = 2;

    private final Rejected mismatch =
            Status.unresolvable(this, "node(s) didn't match Pod's node affinity/selector");

    @Override
    public Status preFilter(CycleState state, PodInfo pod) {
        if (pod.nodeAffinity().isUnconditional()) {
            return Status.SKIP;
        }
        Set<String> names = pod.nodeAffinity().nodeNames();
        if (names != null) {
            state.restrict(this, names);
        }
        return Status.SUCCESS;
    }

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        return pod.nodeAffinity().allows(node.name(), node.labels()) ? Status.SUCCESS : mismatch;
    }

    @Override
    public int weight() {
        return WEIGHT;
    }

    @Override
    public Status preScore(CycleState state, PodInfo pod, List<NodeInfo> nodes) {
        return pod.nodeAffinity().preferred().isEmpty() ? Status.SKIP : Status.SUCCESS;
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        return pod.nodeAffinity().preference(node.name(), node.labels());
    }

    @Override
    public void normalize(CycleState state, List<NodeInfo> nodes, long[] scores) {
        Score.proportionally(scores, false);
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        if (!(event instanceof ClusterEvent.NodeChanged changed)
                || !changed.isAny(NodeChange.LABELS)) {
            return false;
        }
        var metadata = changed.after().getMetadata();
        Map<String, String> labels = metadata.getLabels() == null ? Map.of() : metadata.getLabels();
        return pod.nodeAffinity().allows(metadata.getName(), labels);
    }
}
