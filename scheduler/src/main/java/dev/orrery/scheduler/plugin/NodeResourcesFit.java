package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.ClusterEvent.NodeChange;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Filter;
import dev.orrery.scheduler.framework.Score;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.framework.Status.Rejected;
import dev.orrery.scheduler.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps a pod off the nodes that have not enough left of what it asks for, and prefers those that
 * would have most left: the mean over CPU and memory of {@code (capacity - used) * 100 / capacity}.
 * A pod of 1 CPU and 1 GiB on an empty node of 4 CPUs and 8 GiB: (75 + 87) / 2 = 81.
 */
public final class NodeResourcesFit implements Filter, Score {

    private static final int WEIGHT = 1;

    private final Rejected tooManyPods = Status.unschedulable(this, "Too many pods");
    private final Cluster cluster;

    public NodeResourcesFit(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        Resources asked = pod.requests().asked();
        Resources used = node.requested();
        Resources room = node.allocatable();
        boolean fits =
                node.podCount() < node.allowedPods()
                        && asked.milliCpu() <= room.milliCpu() - used.milliCpu()
                        && asked.memory() <= room.memory() - used.memory()
                        && asked.ephemeralStorage()
                                <= room.ephemeralStorage() - used.ephemeralStorage()
                        && asked.scalars().isEmpty();
        return fits ? Status.SUCCESS : shortage(asked, node);
    }

    /** A resource that is not asked for is never short, even where more than all is used. */
    private Status shortage(Resources asked, NodeInfo node) {
        Shortage shortage = new Shortage();
        Resources used = node.requested();
        Resources room = node.allocatable();
        shortage.check("cpu", asked.milliCpu(), used.milliCpu(), room.milliCpu());
        shortage.check("memory", asked.memory(), used.memory(), room.memory());
        shortage.check(
                "ephemeral-storage",
                asked.ephemeralStorage(),
                used.ephemeralStorage(),
                room.ephemeralStorage());
        for (Map.Entry<String, Long> scalar : asked.scalars().entrySet()) {
            String name = scalar.getKey();
            shortage.check(name, scalar.getValue(), used.scalar(name), room.scalar(name));
        }
        boolean full = node.podCount() >= node.allowedPods();
        if (full && shortage.reasons.isEmpty()) {
            return tooManyPods;
        }
        if (full) {
            shortage.reasons.addFirst(tooManyPods.message());
        }
        return shortage.reasons.isEmpty()
                ? Status.SUCCESS
                : new Rejected(name(), shortage.reasons, shortage.resolvable);
    }

    private static final class Shortage {

        private final List<String> reasons = new ArrayList<>();
        private boolean resolvable = true;

        void check(String resource, long asked, long used, long room) {
            if (asked > 0 && asked > room - used) {
                reasons.add("Insufficient " + resource);
                resolvable &= asked <= room;
            }
        }
    }

    @Override
    public int weight() {
        return WEIGHT;
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        Resources scored = pod.requests().scored();
        long cpu = node.allocatable().milliCpu();
        long memory = node.allocatable().memory();
        long sum = 0;
        int resources = 0;
        if (cpu > 0) {
            sum += left(node.scoredMilliCpu() + scored.milliCpu(), cpu);
            resources++;
        }
        if (memory > 0) {
            sum += left(node.scoredMemory() + scored.memory(), memory);
            resources++;
        }
        return resources == 0 ? 0 : sum / resources;
    }

    private static long left(long used, long capacity) {
        return used > capacity ? 0 : (capacity - used) * MOST / capacity;
    }

    /** What changed on one node helps only if the pod fits there now. */
    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeChanged changed ->
                    changed.isAny(NodeChange.ALLOCATABLE)
                            && fits(pod, changed.after().getMetadata().getName());
            case ClusterEvent.PodGone(PodInfo _, String node) -> node.isEmpty() || fits(pod, node);
            case ClusterEvent.PlacedPodChanged(PodInfo before, PodInfo after) ->
                    !before.requests().equals(after.requests()) && fits(pod, after.nodeName());
            case ClusterEvent.PodChanged(PodInfo before, PodInfo after) ->
                    !before.requests().equals(after.requests());
            default -> false;
        };
    }

    private boolean fits(PodInfo pod, String name) {
        NodeInfo node = cluster.node(name);
        return node != null && filter(new CycleState(), pod, node) instanceof Status.Success;
    }
}
