package dev.orrery.scheduler.cluster;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The affinity terms that pods on nodes hold, equal terms together, and how much each weighs on
 * each node: so a pod is matched with each term once, and not once for every pod of a workload.
 * Kept up to date pod by pod.
 *
 * <p>Invariant: no weight is zero.
 */
public final class HeldTerms {

    private final Map<AffinityTerm, Map<String, Integer>> weights = new LinkedHashMap<>();

    /** Hears of a weight on one node. */
    @FunctionalInterface
    public interface Visitor {
        void visit(String topologyKey, String node, int weight);
    }

    void add(AffinityTerm term, String node, int weight) {
        Map<String, Integer> byNode = weights.computeIfAbsent(term, any -> new HashMap<>());
        byNode.merge(node, weight, HeldTerms::sumOrNone);
        if (byNode.isEmpty()) {
            weights.remove(term);
        }
    }

    @SuppressWarnings("NullAway") // Map.merge takes null as "no value any more"
    private static Integer sumOrNone(Integer held, Integer change) {
        int sum = held + change;
        return sum == 0 ? null : sum;
    }

    public boolean isEmpty() {
        return weights.isEmpty();
    }

    /** The weights of the terms that mean the pod, on every node where one is held. */
    public void thoseThatMean(PodInfo pod, Namespaces namespaces, Visitor visitor) {
        weights.forEach((term, byNode) -> {
            if (term.matches(pod, namespaces)) {
                byNode.forEach((node, weight) -> visitor.visit(term.topologyKey(), node, weight));
            }
        });
    }
}
