package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.NodeInfo;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers by topology: by label key and value, {@code zone=a}. Nodes without the label are in no
 * topology of that key. Zeros are not kept.
 */
final class TopologyCounts {

    private final Map<String, Map<String, Long>> byKey = new HashMap<>();

    void add(NodeInfo node, String key, long change) {
        String value = node.labels().get(key);
        if (value != null) {
            Map<String, Long> values = byKey.computeIfAbsent(key, any -> new HashMap<>());
            values.merge(value, change, TopologyCounts::sumOrNone);
            if (values.isEmpty()) {
                byKey.remove(key);
            }
        }
    }

    @SuppressWarnings("NullAway") // Map.merge takes null as "no value any more"
    private static Long sumOrNone(Long held, Long change) {
        long sum = held + change;
        return sum == 0 ? null : sum;
    }

    /** The number of the node's topology. */
    long at(NodeInfo node, String key) {
        Map<String, Long> values = byKey.get(key);
        String value = node.labels().get(key);
        return values == null || value == null ? 0 : values.getOrDefault(value, 0L);
    }

    /** The sum over all keys. */
    long sumAt(NodeInfo node) {
        long sum = 0;
        for (String key : byKey.keySet()) {
            sum += at(node, key);
        }
        return sum;
    }

    boolean anyAt(NodeInfo node) {
        for (String key : byKey.keySet()) {
            if (at(node, key) > 0) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    TopologyCounts copy() {
        TopologyCounts copy = new TopologyCounts();
        byKey.forEach((key, values) -> copy.byKey.put(key, new HashMap<>(values)));
        return copy;
    }
}
