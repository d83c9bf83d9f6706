package dev.orrery.scheduler.cluster;

import dev.orrery.machinery.selector.Selector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One term of a pod's affinity or anti-affinity: the pods that it means, and the topology in which
 * it means them. Equal terms are equal values, so that weights can be kept by term.
 */
public record AffinityTerm(PodSelection selection, String topologyKey) {

    /** A term with the weight that it adds to a node's score. */
    public record Weighted(int weight, AffinityTerm term) {}

    static AffinityTerm of(PodAffinityTerm term, Pod pod, Map<String, String> podLabels) {
        Selector selector =
                Selector.of(term.getLabelSelector())
                        .withSame(term.getMatchLabelKeys(), podLabels)
                        .withDifferent(term.getMismatchLabelKeys(), podLabels);
        Selector namespaceSelector =
                term.getNamespaceSelector() == null
                        ? null
                        : Selector.of(term.getNamespaceSelector());
        Set<String> namespaces = new TreeSet<>(term.getNamespaces());
        if (namespaces.isEmpty() && namespaceSelector == null) {
            namespaces.add(pod.getMetadata().getNamespace());
        }
        return new AffinityTerm(
                new PodSelection(namespaces, namespaceSelector, selector), term.getTopologyKey());
    }

    static List<AffinityTerm> of(
            List<PodAffinityTerm> terms, Pod pod, Map<String, String> podLabels) {
        return terms.stream().map(term -> of(term, pod, podLabels)).toList();
    }

    public boolean matches(PodInfo pod, Namespaces labelsOfNamespaces) {
        return selection.matches(pod, labelsOfNamespaces);
    }
}
