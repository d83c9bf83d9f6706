package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import java.util.List;

/** Ranks the nodes on which a pod can run. */
public interface Score extends Plugin {

    /** The best that a node can get from one plugin, before its weight. */
    long MOST = 100;

    /** How much this plugin's word counts beside the others'. */
    int weight();

    /** Looks at all the nodes once. Skip: the plugin says nothing about this pod. */
    default Status preScore(CycleState state, PodInfo pod, List<NodeInfo> nodes) {
        return Status.SUCCESS;
    }

    long score(CycleState state, PodInfo pod, NodeInfo node);

    /** Brings what {@link #score} gave, in the order of the nodes, into 0 to {@link #MOST}. */
    default void normalize(CycleState state, List<NodeInfo> nodes, long[] scores) {}

    /** The largest becomes {@link #MOST} and the others in proportion, or the other way round. */
    static void proportionally(long[] scores, boolean reverse) {
        long largest = 0;
        for (long score : scores) {
            largest = Math.max(largest, score);
        }
        for (int i = 0; i < scores.length; i++) {
            long share = largest == 0 ? 0 : scores[i] * MOST / largest;
            scores[i] = reverse ? MOST - share : share;
        }
    }
}
