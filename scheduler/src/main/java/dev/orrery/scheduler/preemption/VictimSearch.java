package dev.orrery.scheduler.preemption;

import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.Framework.Cycle;
import dev.orrery.scheduler.framework.Plugin;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.framework.Status.Rejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Finds the fewest pods that would have to leave a node for another to fit: all less important ones
 * leave, then one after the other comes back, the most important first, as long as the other still
 * fits. All on copies.
 */
final class VictimSearch {

    private final Plugin plugin;
    private final Budgets budgets;

    /** What a search on one node came to. */
    sealed interface Found {

        record Victims(Candidate candidate) implements Found {}

        record None(Rejected why) implements Found {}
    }

    VictimSearch(Plugin plugin, Budgets budgets) {
        this.plugin = plugin;
        this.budgets = budgets;
    }

    Found on(NodeInfo original, Cycle cycle) {
        NodeInfo node = original.copy();
        Cycle trial = cycle.copy();
        List<PodInfo> leaving =
                original.pods().stream()
                        .filter(each -> each.priority() < cycle.pod().priority())
                        .sorted(Candidate.IMPORTANCE)
                        .toList();
        if (leaving.isEmpty()) {
            return new Found.None(
                    Status.unresolvable(plugin, "No preemption victims found for incoming pod"));
        }
        leaving.forEach(each -> trial.removePod(each, node));
        Rejected stillNot = trial.filter(node);
        if (stillNot != null) {
            return new Found.None(stillNot);
        }
        Set<String> violating = budgets.violated(leaving);
        List<PodInfo> victims = new ArrayList<>();
        int violations = 0;
        for (PodInfo each : violatingFirst(leaving, violating)) {
            if (!comesBack(each, node, trial)) {
                victims.add(each);
                violations += violating.contains(each.uid()) ? 1 : 0;
            }
        }
        victims.sort(Candidate.IMPORTANCE);
        return victims.isEmpty()
                ? new Found.None(Status.unschedulable(plugin))
                : new Found.Victims(new Candidate(original.name(), victims, violations));
    }

    private static List<PodInfo> violatingFirst(List<PodInfo> pods, Set<String> violating) {
        List<PodInfo> order = new ArrayList<>(pods);
        order.sort(Comparator.comparing(each -> !violating.contains(each.uid())));
        return order;
    }

    private static boolean comesBack(PodInfo pod, NodeInfo node, Cycle trial) {
        trial.addPod(pod, node);
        if (trial.filter(node) == null) {
            return true;
        }
        trial.removePod(pod, node);
        return false;
    }
}
