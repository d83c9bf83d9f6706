package dev.orrery.kubelet.admission;

import dev.orrery.kubelet.eviction.QosClass;
import dev.orrery.machinery.selector.NodeAffinityRules;
import dev.orrery.machinery.selector.Tolerations;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The kubelet's own look at a pod that was bound to its node: pods that name their node themselves
 * never passed the scheduler, and a binding may rest on an old view of the node. Pure.
 */
public final class Admission {

    private static final String PREFIX = "Pod was rejected: ";
    private static final String PRESSURE = "node.kubernetes.io/memory-pressure";
    private static final List<String> RESIZABLE = List.of("memory", "cpu");
    private static final List<String> COUNTED = List.of("cpu", "memory", "ephemeral-storage");

    private Admission() {}

    /**
     * @param others the pods that the node has taken and that have not ended
     */
    public static Verdict decide(Pod pod, Node node, Collection<Pod> others) {
        Verdict.Rejected lacking = outOfResources(pod, node, others);
        if (lacking != null) {
            return lacking;
        }
        if (isPressed(node) && QosClass.of(pod).equals("BestEffort") && !bearsPressure(pod)) {
            return new Verdict.Rejected(
                    "Evicted", PREFIX + "The node had condition: [MemoryPressure]. ");
        }
        Verdict.Rejected forbidden = Sysctls.decide(pod);
        if (forbidden != null) {
            return forbidden;
        }
        if (!NodeAffinityRules.of(pod.getSpec())
                .allows(node.getMetadata().getName(), labels(node))) {
            return predicate("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
        }
        if (others.stream().anyMatch(other -> HostPorts.conflict(pod, other))) {
            return predicate(
                    "NodePorts", "node(s) didn't have free ports for the requested pod ports");
        }
        if (!toleratesNoExecute(pod, node)) {
            return predicate("TaintToleration", "node(s) had taints that the pod didn't tolerate");
        }
        return Verdict.ADMITTED;
    }

    /**
     * Whether a pod that runs could have the resources that its spec asks for now.
     *
     * @param others the pods that the node has taken beside it and that have not ended
     */
    public static Fit decideResize(Pod pod, Node node, Collection<Pod> others) {
        Requests allocatable = Requests.of(node.getStatus().getAllocatable());
        Requests wanted = Requests.of(pod);
        for (String resource : RESIZABLE) {
            if (wanted.amount(resource) > allocatable.amount(resource)) {
                return new Fit.Never(
                        "Node didn't have enough capacity: "
                                + resource
                                + ", requested: "
                                + wanted.amount(resource)
                                + ", capacity: "
                                + allocatable.amount(resource));
            }
        }
        Verdict.Rejected lacking = lacking(wanted, allocatable, others);
        return lacking == null
                ? Fit.Fits.FITS
                : new Fit.NotNow(lacking.message().substring(PREFIX.length()));
    }

    private static Verdict.@Nullable Rejected outOfResources(
            Pod pod, Node node, Collection<Pod> others) {
        Requests allocatable = Requests.of(node.getStatus().getAllocatable());
        long pods = allocatable.amount("pods");
        if (others.size() + 1 > pods) {
            return outOf("pods", 1, others.size(), pods);
        }
        return lacking(Requests.of(pod), allocatable, others);
    }

    private static Verdict.@Nullable Rejected lacking(
            Requests wanted, Requests allocatable, Collection<Pod> others) {
        Requests used = Requests.NONE;
        for (Pod other : others) {
            used = used.plus(Requests.of(other));
        }
        for (String resource : counted(wanted, allocatable)) {
            long requested = wanted.amount(resource);
            if (requested > allocatable.amount(resource) - used.amount(resource)) {
                return outOf(
                        resource, requested, used.amount(resource), allocatable.amount(resource));
            }
        }
        return null;
    }

    /** Resources that the node does not know are no business of the node. */
    private static Collection<String> counted(Requests wanted, Requests allocatable) {
        Set<String> names = new TreeSet<>(wanted.amounts().keySet());
        names.removeIf(name -> wanted.amount(name) == 0 || !isCounted(name, allocatable));
        return names;
    }

    private static boolean isCounted(String name, Requests allocatable) {
        return COUNTED.contains(name) || allocatable.amounts().containsKey(name);
    }

    private static boolean isPressed(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(each ->
                        "MemoryPressure".equals(each.getType()) && "True".equals(each.getStatus()));
    }

    private static boolean bearsPressure(Pod pod) {
        Taint taint = new TaintBuilder().withKey(PRESSURE).withEffect("NoSchedule").build();
        return new Tolerations(pod.getSpec().getTolerations())
                        .untolerated(List.of(taint), _ -> true)
                == 0;
    }

    private static boolean toleratesNoExecute(Pod pod, Node node) {
        return node.getSpec() == null
                || new Tolerations(pod.getSpec().getTolerations())
                                .untolerated(
                                        node.getSpec().getTaints(),
                                        taint -> Tolerations.NO_EXECUTE.equals(taint.getEffect()))
                        == 0;
    }

    private static Map<String, String> labels(Node node) {
        return Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
    }

    private static Verdict.Rejected predicate(String name, String why) {
        return new Verdict.Rejected(name, PREFIX + "Predicate " + name + " failed: " + why);
    }

    private static Verdict.Rejected outOf(
            String resource, long requested, long used, long capacity) {
        return new Verdict.Rejected(
                "OutOf" + resource,
                PREFIX
                        + "Node didn't have enough resource: "
                        + resource
                        + ", requested: "
                        + requested
                        + ", used: "
                        + used
                        + ", capacity: "
                        + capacity);
    }
}
