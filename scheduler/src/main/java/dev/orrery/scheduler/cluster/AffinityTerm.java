package dev.orrery.scheduler.cluster;

import dev.orrery.machinery.selector.Selector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One term of a pod's affinity or anti-affinity: the pods that it means, and the topology in which
 * it means them.
 *
 * @param namespaces by name; those that the namespace selector selects come on top
 * @param namespaceSelector null where the term has none
 */
public record AffinityTerm(
        Set<String> namespaces,
        @Nullable Selector namespaceSelector,
        Selector selector,
        String topologyKey) {

    /** A term with the weight that it adds to a node's score. */
    public record Weighted(int weight, AffinityTerm term) {}

    public AffinityTerm {
        namespaces = Set.copyOf(namespaces);
    }

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
        return new AffinityTerm(namespaces, namespaceSelector, selector, term.getTopologyKey());
    }

    static List<AffinityTerm> of(
            List<PodAffinityTerm> terms, Pod pod, Map<String, String> podLabels) {
        return terms.stream().map(term -> of(term, pod, podLabels)).toList();
    }

    /** The pods that the term means. */
    public PodSelection selection() {
        return new PodSelection(namespaces, namespaceSelector, selector);
    }

    public boolean matches(PodInfo pod, Namespaces labelsOfNamespaces) {
        return selection().matches(pod, labelsOfNamespaces);
    }
}
