package dev.orrery.controllermanager.daemonset;

import dev.orrery.machinery.selector.NodeAffinityRules;
import dev.orrery.machinery.selector.Tolerations;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes a DaemonSet's pods belong on: those that the template's node name, selector and
 * affinity allow and whose taints it tolerates. A pod that is there stays as long as it tolerates
 * the taints that throw pods out.
 */
record Placement(@Nullable String nodeName, NodeAffinityRules rules, Tolerations tolerations) {

    /** What a node is to a DaemonSet. */
    enum Fit {
        RUNS,
        MAY_STAY,
        NOT
    }

    static Placement of(DaemonSet set) {
        PodSpec spec = set.getSpec().getTemplate().getSpec();
        String name = spec.getNodeName();
        return new Placement(
                name == null || name.isEmpty() ? null : name,
                NodeAffinityRules.of(spec),
                new Tolerations(DaemonPodStamp.tolerations(spec)));
    }

    Fit of(Node node) {
        String name = node.getMetadata().getName();
        Map<String, String> labels =
                Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
        if ((nodeName != null && !nodeName.equals(name)) || !rules.allows(name, labels)) {
            return Fit.NOT;
        }
        List<Taint> taints = node.getSpec() == null ? List.of() : node.getSpec().getTaints();
        if (tolerations.tolerateScheduling(taints)) {
            return Fit.RUNS;
        }
        boolean thrownOut =
                tolerations.untolerated(
                                taints, taint -> Tolerations.NO_EXECUTE.equals(taint.getEffect()))
                        > 0;
        return thrownOut ? Fit.NOT : Fit.MAY_STAY;
    }
}
