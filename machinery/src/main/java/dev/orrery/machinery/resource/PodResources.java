package dev.orrery.machinery.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a pod takes as a whole of each resource: its containers and sidecars run together, its other
 * init containers one after the other beside the sidecars before them. Whichever is more counts,
 * and what the runtime costs on top.
 */
public final class PodResources {

    private PodResources() {}

    /**
     * @param list {@code requests} or {@code limits}
     */
    public static Map<String, Quantity> total(JsonNode spec, String list) {
        Map<String, Quantity> running = new HashMap<>();
        for (JsonNode container : spec.path("containers")) {
            add(running, amounts(container, list));
        }
        Map<String, Quantity> sidecars = new HashMap<>();
        Map<String, Quantity> starting = new HashMap<>();
        for (JsonNode container : spec.path("initContainers")) {
            Map<String, Quantity> own = amounts(container, list);
            if (container.path("restartPolicy").asText("").equals("Always")) {
                add(sidecars, own);
                add(running, own);
                raise(starting, sidecars);
            } else {
                add(own, sidecars);
                raise(starting, own);
            }
        }
        raise(running, starting);
        override(running, amounts(spec, list));
        Map<String, Quantity> overhead = quantities(spec.path("overhead"));
        if (list.equals("limits")) {
            overhead.keySet().retainAll(running.keySet());
        }
        add(running, overhead);
        return running;
    }

    private static void override(Map<String, Quantity> total, Map<String, Quantity> ofPod) {
        total.putAll(ofPod);
    }

    public static Map<String, Quantity> amounts(JsonNode holder, String list) {
        return quantities(holder.path("resources").path(list));
    }

    private static Map<String, Quantity> quantities(JsonNode list) {
        Map<String, Quantity> quantities = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : list.properties()) {
            quantities.put(entry.getKey(), Quantity.of(entry.getValue()));
        }
        return quantities;
    }

    public static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }

    private static void raise(Map<String, Quantity> most, Map<String, Quantity> other) {
        other.forEach(
                (name, amount) -> most.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }

    /** The names in either map. */
    static Set<String> names(Map<String, Quantity> a, Map<String, Quantity> b) {
        Set<String> names = new HashSet<>(a.keySet());
        names.addAll(b.keySet());
        return names;
    }
}
