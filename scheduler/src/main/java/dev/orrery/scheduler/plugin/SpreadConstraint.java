package dev.orrery.scheduler.plugin;

import dev.orrery.machinery.selector.Selector;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.cluster.PodSelection;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;

/**
 * One constraint on how a pod's likes may be spread.
 *
 * @param minDomains fewer domains than this count as if an empty one were missing
 * @param honorAffinity nodes that the pod may not go to by its node affinity are not counted
 * @param honorTaints nor those whose taints it does not tolerate
 */
record SpreadConstraint(
        int maxSkew,
        String topologyKey,
        Selector selector,
        int minDomains,
        boolean honorAffinity,
        boolean honorTaints) {

    static final String HOSTNAME = "kubernetes.io/hostname";
    static final String ZONE = "topology.kubernetes.io/zone";
    static final String HARD = "DoNotSchedule";
    static final String SOFT = "ScheduleAnyway";

    /** Those of the pod's constraints that must hold, or those that had better. */
    static List<SpreadConstraint> of(PodInfo pod, String whenUnsatisfiable) {
        return pod.pod().getSpec().getTopologySpreadConstraints().stream()
                .filter(each -> whenUnsatisfiable.equals(each.getWhenUnsatisfiable()))
                .map(each -> of(each, pod))
                .toList();
    }

    private static SpreadConstraint of(TopologySpreadConstraint constraint, PodInfo pod) {
        return new SpreadConstraint(
                constraint.getMaxSkew(),
                constraint.getTopologyKey(),
                Selector.of(constraint.getLabelSelector())
                        .withSame(constraint.getMatchLabelKeys(), pod.labels()),
                constraint.getMinDomains() == null ? 1 : constraint.getMinDomains(),
                !"Ignore".equals(constraint.getNodeAffinityPolicy()),
                "Honor".equals(constraint.getNodeTaintsPolicy()));
    }

    /** What the cluster does for pods of a workload that say nothing of spreading. */
    static List<SpreadConstraint> defaults(Selector selector) {
        return List.of(
                new SpreadConstraint(3, HOSTNAME, selector, 1, true, false),
                new SpreadConstraint(5, ZONE, selector, 1, true, false));
    }

    PodSelection selection(PodInfo pod) {
        return PodSelection.in(pod.namespace(), selector);
    }

    /** Whether pods on the node count. */
    boolean counts(PodInfo pod, NodeInfo node) {
        return (!honorAffinity || pod.nodeAffinity().allows(node.name(), node.labels()))
                && (!honorTaints || pod.tolerations().tolerateScheduling(node.taints()));
    }

    static boolean hasAllKeys(Map<String, String> labels, List<SpreadConstraint> constraints) {
        for (SpreadConstraint constraint : constraints) {
            if (!labels.containsKey(constraint.topologyKey())) {
                return false;
            }
        }
        return true;
    }
}
