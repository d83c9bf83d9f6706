package dev.orrery.controllermanager.podautoscaler;

import dev.orrery.controllermanager.label.SelectorText;
import dev.orrery.machinery.reconcile.Key;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which pods each autoscaler scales, by its target's selector. Any thread. */
final class Selections {

    private final Map<Key, String> selectors = new ConcurrentHashMap<>();

    void remember(Key autoscaler, String selector) {
        selectors.put(autoscaler, selector);
    }

    void forget(Key autoscaler) {
        selectors.remove(autoscaler);
    }

    /** All that have one of these pods: more than one would work against each other. */
    List<Key> of(String namespace, Collection<Pod> pods) {
        return selectors.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace))
                .filter(entry -> !entry.getValue().isEmpty())
                .filter(entry ->
                        pods.stream().anyMatch(SelectorText.parse(entry.getValue())::matches))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
