package dev.orrery.scheduler.plugin;

import dev.orrery.machinery.selector.Selector;
import dev.orrery.scheduler.cluster.Cluster;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Spreads pods over topologies: holds a pod to its DoNotSchedule constraints, and prefers nodes by
 * its ScheduleAnyway ones, or by those of the cluster where the pod has none and belongs to a
 * Service or a workload.
 *
 * <p>A node fits if {@code matching + 1 - least <= maxSkew}, where the pod counts as one if it
 * matches itself: with zones of 2, 1 and 1 pods and a skew of 1, 2 + 1 - 1 = 2 does not fit and 1 +
 * 1 - 1 = 1 does.
 */
public final class PodTopologySpread implements PreFilter, Filter, Score {

    private static final int WEIGHT = 2;
    private static final long IGNORED = -1;

    private final Rejected unlabelled =
            Status.unresolvable(
                    this,
                    "node(s) didn't match pod topology spread constraints (missing required label)");
    private final Rejected skewed =
            Status.unschedulable(this, "node(s) didn't match pod topology spread constraints");

    private final Cluster cluster;
    private final WorkloadSelectors workloads;

    public PodTopologySpread(Cluster cluster, WorkloadSelectors workloads) {
        this.cluster = cluster;
        this.workloads = workloads;
    }

    // Constraints that must hold

    private record Hard(List<SpreadConstraint> constraints, List<Domains> domains)
            implements CycleState.Memory {

        @Override
        public Hard copy() {
            return new Hard(constraints, domains.stream().map(Domains::copy).toList());
        }
    }

    @Override
    public Status preFilter(CycleState state, PodInfo pod) {
        List<SpreadConstraint> constraints = SpreadConstraint.of(pod, SpreadConstraint.HARD);
        if (constraints.isEmpty()) {
            return Status.SKIP;
        }
        List<Domains> domains = new ArrayList<>();
        for (SpreadConstraint constraint : constraints) {
            domains.add(domains(pod, constraint, constraints));
        }
        state.remember(this, new Hard(constraints, domains));
        return Status.SUCCESS;
    }

    private Domains domains(PodInfo pod, SpreadConstraint constraint, List<SpreadConstraint> all) {
        Map<String, Integer> matches = cluster.staying(constraint.selection(pod));
        Domains domains = new Domains();
        for (NodeInfo node : cluster.nodes()) {
            if (SpreadConstraint.hasAllKeys(node.labels(), all) && constraint.counts(pod, node)) {
                String domain = node.labels().get(constraint.topologyKey());
                if (domain != null) {
                    domains.add(domain, matches.getOrDefault(node.name(), 0));
                }
            }
        }
        return domains;
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
        Hard hard = state.recall(this, Hard.class);
        boolean counts =
                hard != null
                        && other.namespace().equals(pod.namespace())
                        && !other.isTerminating()
                        && SpreadConstraint.hasAllKeys(node.labels(), hard.constraints());
        if (hard == null || !counts) {
            return;
        }
        for (int i = 0; i < hard.constraints().size(); i++) {
            SpreadConstraint constraint = hard.constraints().get(i);
            String domain = node.labels().get(constraint.topologyKey());
            if (domain != null
                    && constraint.selector().matches(other.labels())
                    && constraint.counts(pod, node)) {
                hard.domains().get(i).add(domain, by);
            }
        }
    }

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        Hard hard = state.recall(this, Hard.class);
        if (hard == null) {
            return Status.SUCCESS;
        }
        for (int i = 0; i < hard.constraints().size(); i++) {
            SpreadConstraint constraint = hard.constraints().get(i);
            String domain = node.labels().get(constraint.topologyKey());
            if (domain == null) {
                return unlabelled;
            }
            Domains domains = hard.domains().get(i);
            int self = constraint.selector().matches(pod.labels()) ? 1 : 0;
            int skew = domains.at(domain) + self - domains.least(constraint.minDomains());
            if (skew > constraint.maxSkew()) {
                return skewed;
            }
        }
        return Status.SUCCESS;
    }

    // Constraints that had better hold

    /**
     * @param counts by node for the host name's constraint, where each node is its own domain
     * @param domains for the others
     */
    private record Soft(
            List<SpreadConstraint> constraints,
            Set<String> ignored,
            List<Map<String, Integer>> counts,
            List<Domains> domains,
            List<Double> weights)
            implements CycleState.Memory {

        @Override
        public Soft copy() {
            return this;
        }
    }

    @Override
    public int weight() {
        return WEIGHT;
    }

    @Override
    public Status preScore(CycleState state, PodInfo pod, List<NodeInfo> nodes) {
        boolean own = !pod.pod().getSpec().getTopologySpreadConstraints().isEmpty();
        List<SpreadConstraint> constraints =
                own ? SpreadConstraint.of(pod, SpreadConstraint.SOFT) : defaults(pod);
        if (constraints.isEmpty()) {
            return Status.SKIP;
        }
        state.remember(this, soft(pod, nodes, constraints, own));
        return Status.SUCCESS;
    }

    private List<SpreadConstraint> defaults(PodInfo pod) {
        Selector selector = workloads.of(pod);
        return selector.requirements().isEmpty() ? List.of() : SpreadConstraint.defaults(selector);
    }

    /**
     * @param strict nodes without all of the labels are left out; the cluster's own constraints
     *     take each label for itself
     */
    private Soft soft(
            PodInfo pod, List<NodeInfo> nodes, List<SpreadConstraint> constraints, boolean strict) {
        Set<String> ignored = new TreeSet<>();
        if (strict) {
            nodes.stream()
                    .filter(each -> !SpreadConstraint.hasAllKeys(each.labels(), constraints))
                    .forEach(each -> ignored.add(each.name()));
        }
        List<Map<String, Integer>> counts = new ArrayList<>();
        List<Domains> domains = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (SpreadConstraint constraint : constraints) {
            counts.add(cluster.staying(constraint.selection(pod)));
            boolean host = constraint.topologyKey().equals(SpreadConstraint.HOSTNAME);
            domains.add(
                    host
                            ? new Domains()
                            : domainsOf(nodes, ignored, pod, constraint, counts.getLast()));
            int size = host ? nodes.size() - ignored.size() : domains.getLast().size();
            weights.add(Math.log(size + 2.0));
        }
        return new Soft(constraints, ignored, counts, domains, weights);
    }

    /** The domains of the nodes in question, counted over all nodes of the cluster. */
    private Domains domainsOf(
            List<NodeInfo> nodes,
            Set<String> ignored,
            PodInfo pod,
            SpreadConstraint constraint,
            Map<String, Integer> matches) {
        Domains domains = new Domains();
        for (NodeInfo node : nodes) {
            String domain = node.labels().get(constraint.topologyKey());
            if (domain != null && !ignored.contains(node.name())) {
                domains.add(domain, 0);
            }
        }
        matches.forEach((name, count) -> {
            NodeInfo node = cluster.node(name);
            String domain = node == null ? null : node.labels().get(constraint.topologyKey());
            if (node != null
                    && domain != null
                    && domains.contains(domain)
                    && constraint.counts(pod, node)) {
                domains.add(domain, count);
            }
        });
        return domains;
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        Soft soft = state.recall(this, Soft.class);
        if (soft == null || soft.ignored().contains(node.name())) {
            return IGNORED;
        }
        double score = 0;
        for (int i = 0; i < soft.constraints().size(); i++) {
            SpreadConstraint constraint = soft.constraints().get(i);
            String domain = node.labels().get(constraint.topologyKey());
            if (domain != null) {
                boolean host = constraint.topologyKey().equals(SpreadConstraint.HOSTNAME);
                int count =
                        host
                                ? soft.counts().get(i).getOrDefault(node.name(), 0)
                                : soft.domains().get(i).at(domain);
                score += count * soft.weights().get(i) + (constraint.maxSkew() - 1);
            }
        }
        return Math.round(score);
    }

    /** The fewer likes, the better: the fullest gets least, and with none anywhere all get most. */
    @Override
    public void normalize(CycleState state, List<NodeInfo> nodes, long[] scores) {
        long least = Long.MAX_VALUE;
        long largest = 0;
        for (long score : scores) {
            if (score != IGNORED) {
                least = Math.min(least, score);
                largest = Math.max(largest, score);
            }
        }
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == IGNORED) {
                scores[i] = 0;
            } else {
                scores[i] = largest == 0 ? MOST : MOST * (largest + least - scores[i]) / largest;
            }
        }
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeChanged changed ->
                    changed.isAny(NodeChange.LABELS, NodeChange.TAINTS);
            case ClusterEvent.PodPlaced(PodInfo other) -> matchesAny(pod, other);
            case ClusterEvent.PodGone(PodInfo other, String _) -> matchesAny(pod, other);
            case ClusterEvent.PlacedPodChanged(PodInfo before, PodInfo after) ->
                    isOtherToSpreading(before, after)
                            && (matchesAny(pod, before) || matchesAny(pod, after));
            case ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }

    private static boolean isOtherToSpreading(PodInfo before, PodInfo after) {
        return before.isTerminating() != after.isTerminating()
                || !before.labels().equals(after.labels());
    }

    private static boolean matchesAny(PodInfo pod, PodInfo other) {
        return pod.namespace().equals(other.namespace())
                && SpreadConstraint.of(pod, SpreadConstraint.HARD).stream()
                        .anyMatch(each -> each.selector().matches(other.labels()));
    }
}
