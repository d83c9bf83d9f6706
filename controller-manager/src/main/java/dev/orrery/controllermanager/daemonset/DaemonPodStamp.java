package dev.orrery.controllermanager.daemonset;

import dev.orrery.controllermanager.pod.PodStamp;
import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes daemon pods. Each is tied to its node by a node affinity that leaves the scheduler no
 * choice, and tolerates what ails nodes.
 *
 * <p>https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations
 */
final class DaemonPodStamp {

    static final String HASH_LABEL = "controller-revision-hash";

    private static final String NAME = "metadata.name";

    private static final List<Toleration> ALWAYS =
            List.of(
                    toleration("not-ready", "NoExecute"),
                    toleration("unreachable", "NoExecute"),
                    toleration("disk-pressure", "NoSchedule"),
                    toleration("memory-pressure", "NoSchedule"),
                    toleration("pid-pressure", "NoSchedule"),
                    toleration("unschedulable", "NoSchedule"));

    private static final Toleration ON_THE_HOSTS_NETWORK =
            toleration("network-unavailable", "NoSchedule");

    private DaemonPodStamp() {}

    static Pod pod(DaemonSet set, String node, String hash) {
        Pod pod = PodStamp.pod(set, set.getSpec().getTemplate());
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels(HASH_LABEL, hash)
                .endMetadata()
                .editSpec()
                .withTolerations(tolerations(pod.getSpec()))
                .editOrNewAffinity()
                .editOrNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .withMatchFields(named(node))
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    /** The template's tolerations and those that every daemon pod has. */
    static List<Toleration> tolerations(PodSpec spec) {
        List<Toleration> all = new ArrayList<>(spec.getTolerations());
        List<Toleration> added = new ArrayList<>(ALWAYS);
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            added.add(ON_THE_HOSTS_NETWORK);
        }
        added.stream().filter(each -> !all.contains(each)).forEach(all::add);
        return all;
    }

    /** The node that a pod is on or is made for; empty if it is for any. */
    static String node(Pod pod) {
        String bound = Pods.nodeName(pod);
        return bound.isEmpty() ? namedIn(pod.getSpec().getAffinity()) : bound;
    }

    private static String namedIn(Affinity affinity) {
        NodeAffinity nodes = affinity == null ? null : affinity.getNodeAffinity();
        if (nodes == null || nodes.getRequiredDuringSchedulingIgnoredDuringExecution() == null) {
            return "";
        }
        for (NodeSelectorTerm term :
                nodes.getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTerms()) {
            for (NodeSelectorRequirement field : term.getMatchFields()) {
                if (NAME.equals(field.getKey()) && field.getValues().size() == 1) {
                    return field.getValues().getFirst();
                }
            }
        }
        return "";
    }

    private static NodeSelectorRequirement named(String node) {
        return new NodeSelectorRequirementBuilder()
                .withKey(NAME)
                .withOperator("In")
                .withValues(node)
                .build();
    }

    private static Toleration toleration(String ailment, String effect) {
        return new TolerationBuilder()
                .withKey("node.kubernetes.io/" + ailment)
                .withOperator("Exists")
                .withEffect(effect)
                .build();
    }
}
