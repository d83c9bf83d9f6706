package dev.orrery.scheduler.preemption;

import dev.orrery.machinery.informer.Informer;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.Diagnosis;
import dev.orrery.scheduler.framework.Framework.Cycle;
import dev.orrery.scheduler.framework.PostFilter;
import dev.orrery.scheduler.framework.Status.Rejected;
import dev.orrery.scheduler.preemption.VictimSearch.Found;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes room for a pod where taking pods of lower priority off a node helps: nominates the node on
 * which that does least harm, and has the victims evicted. The pod is tried again when they are
 * gone, and may then land elsewhere.
 */
public final class DefaultPreemption implements PostFilter {

    /** So many nodes are looked at in any case, and a tenth where that is more. */
    private static final int FEWEST_CANDIDATES = 100;

    private static final int PERCENT_OF_NODES = 10;

    private static final Rejected NOT_HELPFUL =
            new Rejected("", List.of("Preemption is not helpful for scheduling"), false);

    private final Cluster cluster;
    private final VictimSearch victims;
    private final RandomGenerator random;
    private final Evictor evictor;

    public DefaultPreemption(
            Cluster cluster,
            Informer<PodDisruptionBudget> budgets,
            RandomGenerator random,
            Evictor evictor) {
        this.cluster = cluster;
        this.victims = new VictimSearch(this, new Budgets(budgets));
        this.random = random;
        this.evictor = evictor;
    }

    @Override
    public Outcome postFilter(Cycle cycle, Diagnosis diagnosis) {
        PodInfo pod = cycle.pod();
        String not = whyNot(pod, diagnosis);
        if (!not.isEmpty()) {
            return new Outcome.Helpless("preemption: " + not, null);
        }
        List<NodeInfo> nodes = new ArrayList<>();
        for (NodeInfo node : cluster.nodes()) {
            if (diagnosis.of(node.name()).resolvable()) {
                nodes.add(node);
            }
        }
        Diagnosis trials = new Diagnosis(diagnosis.nodeCount());
        trials.rejectOthers(NOT_HELPFUL);
        List<Candidate> candidates = candidates(nodes, cycle, trials);
        if (candidates.isEmpty()) {
            return new Outcome.Helpless("preemption: " + trials.message(), "");
        }
        Candidate chosen = candidates.stream().min(Candidate.LEAST_HARM).orElseThrow();
        carryOut(chosen, pod);
        return new Outcome.Nominated(chosen.node());
    }

    private String whyNot(PodInfo pod, Diagnosis diagnosis) {
        if ("Never".equals(pod.pod().getSpec().getPreemptionPolicy())) {
            return "not eligible due to preemptionPolicy=Never.";
        }
        NodeInfo nominated = cluster.node(cluster.nominatedNode(pod.uid()));
        if (nominated != null && diagnosis.of(nominated.name()).resolvable()) {
            for (PodInfo other : nominated.pods()) {
                if (other.isTerminating() && other.priority() < pod.priority()) {
                    return "not eligible due to a terminating pod on the nominated node.";
                }
            }
        }
        return "";
    }

    /** Begins anywhere, so that not always the same nodes bear it. */
    private List<Candidate> candidates(List<NodeInfo> nodes, Cycle cycle, Diagnosis trials) {
        List<Candidate> candidates = new ArrayList<>();
        if (nodes.isEmpty()) {
            return candidates;
        }
        int start = random.nextInt(nodes.size());
        int enough = Math.max(nodes.size() * PERCENT_OF_NODES / 100, FEWEST_CANDIDATES);
        boolean harmless = false;
        for (int i = 0; i < nodes.size() && !(harmless && candidates.size() >= enough); i++) {
            NodeInfo node = nodes.get((start + i) % nodes.size());
            switch (victims.on(node, cycle)) {
                case Found.Victims(Candidate candidate) -> {
                    candidates.add(candidate);
                    harmless |= candidate.violations() == 0;
                }
                case Found.None(Rejected why) -> trials.reject(node.name(), why);
            }
        }
        return candidates;
    }

    private void carryOut(Candidate chosen, PodInfo pod) {
        for (PodInfo victim : chosen.victims()) {
            if (!victim.isTerminating()) {
                evictor.evict(victim, chosen.node(), pod);
            }
        }
        for (PodInfo other : cluster.nominatedTo(chosen.node())) {
            if (other.priority() < pod.priority()) {
                cluster.nominate(other, "");
            }
        }
    }
}
