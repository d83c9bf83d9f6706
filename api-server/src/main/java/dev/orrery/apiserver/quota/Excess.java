package dev.orrery.apiserver.quota;

import dev.orrery.machinery.resource.Quantity;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why a quota leaves no room.
 *
 * @param requested what would be too much, by name
 * @param used before
 */
public record Excess(
        Quota quota, SortedMap<String, Quantity> requested, Map<String, Quantity> used) {

    public Excess {
        requested = new TreeMap<>(requested);
        used = Map.copyOf(used);
    }
}
