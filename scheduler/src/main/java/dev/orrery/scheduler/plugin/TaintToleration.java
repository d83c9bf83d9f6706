package dev.orrery.scheduler.plugin;

import dev.orrery.machinery.selector.Tolerations;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.ClusterEvent.NodeChange;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Filter;
import dev.orrery.scheduler.framework.Score;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.framework.Status.Rejected;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;

/**
 * Keeps a pod off the nodes whose taints it does not tolerate, and prefers those with the fewest
 * untolerated PreferNoSchedule taints.
 */
public final class TaintToleration implements Filter, Score {

    private static final int WEIGHT = 3;

    private final Rejected untolerated =
            Status.unresolvable(this, "node(s) had untolerated taint(s)");

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        return node.taints().isEmpty() || pod.tolerations().tolerateScheduling(node.taints())
                ? Status.SUCCESS
                : untolerated;
    }

    @Override
    public int weight() {
        return WEIGHT;
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        return node.taints().isEmpty()
                ? 0
                : pod.tolerations().untolerated(node.taints(), TaintToleration::isPreference);
    }

    @Override
    public void normalize(CycleState state, List<NodeInfo> nodes, long[] scores) {
        Score.proportionally(scores, true);
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeChanged changed ->
                    changed.isAny(NodeChange.TAINTS)
                            && (changed.after().getSpec() == null
                                    || pod.tolerations()
                                            .tolerateScheduling(
                                                    changed.after().getSpec().getTaints()));
            case ClusterEvent.PodChanged(PodInfo before, PodInfo after) ->
                    !before.tolerations().equals(after.tolerations());
            default -> false;
        };
    }

    private static boolean isPreference(Taint taint) {
        return Tolerations.PREFER_NO_SCHEDULE.equals(taint.getEffect());
    }
}
