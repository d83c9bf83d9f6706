package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Score;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.resource.Resources;
import java.util.List;

/**
 * Prefers nodes whose CPU and memory would be used in like measure: 100 less the fractions'
 * standard deviation. 3 of 4 CPUs and 2 of 8 GiB: (1 - |0.75 - 0.25| / 2) * 100 = 75.
 */
public final class NodeResourcesBalancedAllocation implements Score {

    private static final int WEIGHT = 1;

    @Override
    public int weight() {
        return WEIGHT;
    }

    /** Pods that ask for nothing would all go to the one node that is balanced best. */
    @Override
    public Status preScore(CycleState state, PodInfo pod, List<NodeInfo> nodes) {
        Resources asked = pod.requests().asked();
        return asked.milliCpu() == 0 && asked.memory() == 0 ? Status.SKIP : Status.SUCCESS;
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        Resources asked = pod.requests().asked();
        Resources used = node.requested();
        Resources room = node.allocatable();
        if (room.milliCpu() == 0 || room.memory() == 0) {
            return MOST;
        }
        double cpu = fraction(used.milliCpu() + asked.milliCpu(), room.milliCpu());
        double memory = fraction(used.memory() + asked.memory(), room.memory());
        return (long) ((1 - Math.abs(cpu - memory) / 2) * MOST);
    }

    private static double fraction(long used, long capacity) {
        return Math.min(1, (double) used / capacity);
    }
}
