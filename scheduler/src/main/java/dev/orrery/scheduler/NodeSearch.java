package dev.orrery.scheduler;

import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.Diagnosis;
import dev.orrery.scheduler.framework.Framework;
import dev.orrery.scheduler.framework.Framework.Cycle;
import dev.orrery.scheduler.framework.Status.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds the node for a pod: filters nodes until enough fit, scores those, and takes the best; among
 * the equally good it draws. Each search goes on where the last one stopped, so that all nodes get
 * their turn. Reads the cluster and changes nothing.
 */
final class NodeSearch {

    /** In smaller clusters every node is looked at. */
    static final int FEWEST_NODES = 100;

    /** However large the cluster, this share of it is looked at. */
    static final int SMALLEST_PERCENTAGE = 5;

    private final Cluster cluster;
    private final Framework framework;
    private final RandomGenerator random;
    private final int percentage;
    private int start;

    /** What a search came to. */
    sealed interface Found {

        record Place(Cycle cycle, String node) implements Found {}

        record NoPlace(Cycle cycle, Diagnosis diagnosis) implements Found {}

        /** There are no nodes at all. */
        record NoNodes() implements Found {}
    }

    NodeSearch(Cluster cluster, Framework framework, RandomGenerator random, int percentage) {
        this.cluster = cluster;
        this.framework = framework;
        this.random = random;
        this.percentage = percentage;
    }

    Found search(PodInfo pod) {
        int nodeCount = cluster.nodes().size();
        if (nodeCount == 0) {
            return new Found.NoNodes();
        }
        Diagnosis diagnosis = new Diagnosis(nodeCount);
        Cycle cycle = framework.preFilter(pod, diagnosis);
        NodeInfo nominated = cluster.node(cluster.nominatedNode(pod.uid()));
        if (nominated != null
                && cycle.candidates().contains(nominated)
                && cycle.filter(nominated) == null) {
            return new Found.Place(cycle, nominated.name());
        }
        List<NodeInfo> fitting = fitting(cycle, diagnosis);
        return fitting.isEmpty()
                ? new Found.NoPlace(cycle, diagnosis)
                : new Found.Place(cycle, best(cycle, fitting).name());
    }

    private List<NodeInfo> fitting(Cycle cycle, Diagnosis diagnosis) {
        List<NodeInfo> candidates = cycle.candidates();
        int enough = enough(candidates.size());
        List<NodeInfo> fitting = new ArrayList<>(enough);
        int tried = 0;
        while (tried < candidates.size() && fitting.size() < enough) {
            NodeInfo node = candidates.get((start + tried) % candidates.size());
            Rejected rejected = cycle.filter(node);
            if (rejected == null) {
                fitting.add(node);
            } else {
                diagnosis.reject(node.name(), rejected);
            }
            tried++;
        }
        start = candidates.isEmpty() ? start : (start + tried) % cluster.nodes().size();
        return fitting;
    }

    /**
     * How many fitting nodes are enough. Unless a percentage is set: 50 % less one per 125 nodes,
     * so of 1,000 nodes 42 % = 420, of 5,000 nodes 10 % = 500.
     */
    int enough(int nodes) {
        if (nodes < FEWEST_NODES) {
            return nodes;
        }
        int share = percentage > 0 ? percentage : Math.max(50 - nodes / 125, SMALLEST_PERCENTAGE);
        return Math.max(Math.toIntExact((long) nodes * share / 100), FEWEST_NODES);
    }

    private NodeInfo best(Cycle cycle, List<NodeInfo> fitting) {
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        long[] scores = cycle.score(fitting);
        int best = 0;
        int equals = 1;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
                equals = 1;
            } else if (scores[i] == scores[best] && random.nextInt(++equals) == 0) {
                best = i;
            }
        }
        return fitting.get(best);
    }
}
