package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.AffinityTerm;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.HeldTerms;
import dev.orrery.scheduler.cluster.Namespaces;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.cluster.PodSelection;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.ClusterEvent.NodeChange;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Filter;
import dev.orrery.scheduler.framework.PreFilter;
import dev.orrery.scheduler.framework.Score;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.framework.Status.Rejected;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Map;

/**
 * Brings pods together and keeps them apart by topology: a pod's own required affinity and
 * anti-affinity, the required anti-affinity of the pods that run already, and what all of them
 * prefer.
 */
public final class InterPodAffinity implements PreFilter, Filter, Score {

    private static final int WEIGHT = 2;

    /** What the required affinity of a pod that runs counts as a preference for its likes. */
    private static final long HARD_AFFINITY_WEIGHT = 1;

    private final Rejected affinity =
            Status.unresolvable(this, "node(s) didn't match pod affinity rules");
    private final Rejected antiAffinity =
            Status.unschedulable(this, "node(s) didn't match pod anti-affinity rules");
    private final Rejected existingAntiAffinity =
            Status.unschedulable(this, "node(s) didn't satisfy existing pods anti-affinity rules");

    private final Cluster cluster;
    private final Namespaces namespaces;

    public InterPodAffinity(Cluster cluster, Namespaces namespaces) {
        this.cluster = cluster;
        this.namespaces = namespaces;
    }

    // Required

    /** Pods counted by topology: those that this pod must be with, must not, and must not vex. */
    private record Counts(
            TopologyCounts affinity, TopologyCounts antiAffinity, TopologyCounts existing)
            implements CycleState.Memory {

        @Override
        public Counts copy() {
            return new Counts(affinity.copy(), antiAffinity.copy(), existing.copy());
        }
    }

    @Override
    public Status preFilter(CycleState state, PodInfo pod) {
        List<AffinityTerm> required = pod.affinities().required();
        List<AffinityTerm> apart = pod.affinities().requiredAnti();
        if (required.isEmpty() && apart.isEmpty() && cluster.requiredAnti().isEmpty()) {
            return Status.SKIP;
        }
        Counts counts = new Counts(new TopologyCounts(), new TopologyCounts(), existing(pod));
        if (!required.isEmpty()) {
            cluster.matches(selections(required))
                    .forEach((node, count) -> add(counts.affinity(), required, node, count));
        }
        for (AffinityTerm term : apart) {
            cluster.matches(List.of(term.selection()))
                    .forEach((node, count) ->
                            add(counts.antiAffinity(), List.of(term), node, count));
        }
        state.remember(this, counts);
        return Status.SUCCESS;
    }

    private TopologyCounts existing(PodInfo pod) {
        TopologyCounts counts = new TopologyCounts();
        addHeld(counts, cluster.requiredAnti(), pod, 1);
        return counts;
    }

    private void addHeld(TopologyCounts counts, HeldTerms held, PodInfo pod, long times) {
        held.thoseThatMean(
                pod,
                namespaces,
                (key, name, weight) -> {
                    NodeInfo node = cluster.node(name);
                    if (node != null) {
                        counts.add(node, key, weight * times);
                    }
                });
    }

    private void countExisting(
            TopologyCounts counts, PodInfo other, PodInfo pod, NodeInfo node, int change) {
        for (AffinityTerm term : other.affinities().requiredAnti()) {
            if (term.matches(pod, namespaces)) {
                counts.add(node, term.topologyKey(), change);
            }
        }
    }

    private void add(TopologyCounts counts, List<AffinityTerm> terms, String name, int count) {
        NodeInfo node = cluster.node(name);
        if (node != null) {
            terms.forEach(term -> counts.add(node, term.topologyKey(), count));
        }
    }

    private static List<PodSelection> selections(List<AffinityTerm> terms) {
        return terms.stream().map(AffinityTerm::selection).toList();
    }

    @Override
    public void podAdded(CycleState state, PodInfo pod, PodInfo added, NodeInfo node) {
        change(state, pod, added, node, 1);
    }

    @Override
    public void podRemoved(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node) {
        change(state, pod, removed, node, -1);
    }

    private void change(CycleState state, PodInfo pod, PodInfo other, NodeInfo node, int by) {
        Counts counts = state.recall(this, Counts.class);
        if (counts == null) {
            return;
        }
        countExisting(counts.existing(), other, pod, node, by);
        List<AffinityTerm> required = pod.affinities().required();
        if (!required.isEmpty() && matchesAll(required, other)) {
            required.forEach(term -> counts.affinity().add(node, term.topologyKey(), by));
        }
        for (AffinityTerm term : pod.affinities().requiredAnti()) {
            if (term.matches(other, namespaces)) {
                counts.antiAffinity().add(node, term.topologyKey(), by);
            }
        }
    }

    private boolean matchesAll(List<AffinityTerm> terms, PodInfo other) {
        return terms.stream().allMatch(term -> term.matches(other, namespaces));
    }

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        Counts counts = state.recall(this, Counts.class);
        if (counts == null) {
            return Status.SUCCESS;
        }
        if (!isTogether(counts, pod, node)) {
            return affinity;
        }
        for (AffinityTerm term : pod.affinities().requiredAnti()) {
            if (counts.antiAffinity().at(node, term.topologyKey()) > 0) {
                return antiAffinity;
            }
        }
        return counts.existing().anyAt(node) ? existingAntiAffinity : Status.SUCCESS;
    }

    /**
     * The first of a group of pods that want to be with each other may go anywhere: no pod matches
     * yet, and it matches itself.
     */
    private boolean isTogether(Counts counts, PodInfo pod, NodeInfo node) {
        boolean exist = true;
        for (AffinityTerm term : pod.affinities().required()) {
            if (!node.labels().containsKey(term.topologyKey())) {
                return false;
            }
            exist &= counts.affinity().at(node, term.topologyKey()) > 0;
        }
        return exist
                || (counts.affinity().isEmpty() && matchesAll(pod.affinities().required(), pod));
    }

    // Preferred

    private record Preferences(TopologyCounts weights) implements CycleState.Memory {

        @Override
        public Preferences copy() {
            return this;
        }
    }

    @Override
    public int weight() {
        return WEIGHT;
    }

    @Override
    public Status preScore(CycleState state, PodInfo pod, List<NodeInfo> nodes) {
        boolean prefers =
                !pod.affinities().preferred().isEmpty()
                        || !pod.affinities().preferredAnti().isEmpty();
        if (!prefers && cluster.required().isEmpty() && cluster.preferred().isEmpty()) {
            return Status.SKIP;
        }
        TopologyCounts weights = new TopologyCounts();
        pod.affinities().preferred().forEach(each -> own(weights, each, 1));
        pod.affinities().preferredAnti().forEach(each -> own(weights, each, -1));
        addHeld(weights, cluster.required(), pod, HARD_AFFINITY_WEIGHT);
        addHeld(weights, cluster.preferred(), pod, 1);
        if (weights.isEmpty()) {
            return Status.SKIP;
        }
        state.remember(this, new Preferences(weights));
        return Status.SUCCESS;
    }

    private void own(TopologyCounts weights, AffinityTerm.Weighted preferred, int sign) {
        Map<String, Integer> matches = cluster.matches(List.of(preferred.term().selection()));
        matches.forEach((name, count) ->
                add(weights, List.of(preferred.term()), name, sign * preferred.weight() * count));
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        Preferences preferences = state.recall(this, Preferences.class);
        return preferences == null ? 0 : preferences.weights().sumAt(node);
    }

    /** The least becomes 0 and the largest 100: weights may be negative. */
    @Override
    public void normalize(CycleState state, List<NodeInfo> nodes, long[] scores) {
        long least = Long.MAX_VALUE;
        long largest = Long.MIN_VALUE;
        for (long score : scores) {
            least = Math.min(least, score);
            largest = Math.max(largest, score);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] =
                    largest == least
                            ? 0
                            : (long) ((double) MOST * (scores[i] - least) / (largest - least));
        }
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeChanged changed -> changed.isAny(NodeChange.LABELS);
            case ClusterEvent.PodPlaced(PodInfo other) ->
                    matchesAny(pod.affinities().required(), other);
            case ClusterEvent.PlacedPodChanged(PodInfo before, PodInfo after) ->
                    !before.labels().equals(after.labels());
            case ClusterEvent.PodChanged _ -> true;
            case ClusterEvent.PodGone(PodInfo other, String _) ->
                    matchesAny(pod.affinities().requiredAnti(), other)
                            || matchesAny(other.affinities().requiredAnti(), pod);
            case ClusterEvent.ObjectChanged(var object) -> object instanceof Namespace;
        };
    }

    private boolean matchesAny(List<AffinityTerm> terms, PodInfo pod) {
        return terms.stream().anyMatch(term -> term.matches(pod, namespaces));
    }
}
