package dev.orrery.scheduler.cluster;

import dev.orrery.machinery.selector.Selector;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pods by namespace and labels. Equal selections are equal values, so that counts can be kept by
 * selection.
 *
 * @param namespaces by name
 * @param namespaceSelector selects further namespaces; null selects none
 */
public record PodSelection(
        Set<String> namespaces, @Nullable Selector namespaceSelector, Selector selector) {

    public PodSelection {
        namespaces = Set.copyOf(namespaces);
    }

    public static PodSelection in(String namespace, Selector selector) {
        return new PodSelection(Set.of(namespace), null, selector);
    }

    public boolean matches(PodInfo pod, Namespaces labelsOfNamespaces) {
        return selector.matches(pod.labels())
                && (namespaces.contains(pod.namespace())
                        || (namespaceSelector != null
                                && namespaceSelector.matches(
                                        labelsOfNamespaces.labels(pod.namespace()))));
    }
}
