package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Filter;
import dev.orrery.scheduler.framework.PreFilter;
import dev.orrery.scheduler.framework.Status;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;

/** What one plugin says to a pod on a node, in a word for a table. */
final class Verdicts {

    static final String FITS = "fits";

    private Verdicts() {}

    /** {@link #FITS}, or the reason; behind it an exclamation mark if preemption cannot help. */
    static String of(Filter plugin, Pod pod, Node node, Pod... running) {
        NodeInfo info = NodeInfo.of(node);
        for (Pod other : running) {
            info.add(PodInfo.of(other));
        }
        return of(plugin, PodInfo.of(pod), info);
    }

    static String of(Filter plugin, PodInfo pod, NodeInfo node) {
        CycleState state = new CycleState();
        if (plugin instanceof PreFilter first) {
            switch (first.preFilter(state, pod)) {
                case Status.Skip() -> {
                    return FITS;
                }
                case Status.Rejected rejected -> {
                    return word(rejected);
                }
                case Status.Success() -> {}
            }
        }
        return plugin.filter(state, pod, node) instanceof Status.Rejected rejected
                ? word(rejected)
                : FITS;
    }

    private static String word(Status.Rejected rejected) {
        return rejected.message() + (rejected.resolvable() ? "" : "!");
    }
}
