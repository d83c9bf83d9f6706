package dev.orrery.scheduler.plugin;

import java.util.HashMap;
import java.util.Map;

/** How many pods are in each domain of one topology, those with none included. */
final class Domains {

    private final Map<String, Integer> counts = new HashMap<>();
    private int least = -1;

    void add(String domain, int change) {
        counts.merge(domain, change, Integer::sum);
        least = -1;
    }

    boolean contains(String domain) {
        return counts.containsKey(domain);
    }

    int at(String domain) {
        return counts.getOrDefault(domain, 0);
    }

    int size() {
        return counts.size();
    }

    /** The count of the emptiest domain; 0 where there are fewer domains than there should be. */
    int least(int minDomains) {
        if (counts.size() < minDomains) {
            return 0;
        }
        if (least < 0) {
            least = counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        }
        return least;
    }

    Domains copy() {
        Domains copy = new Domains();
        copy.counts.putAll(counts);
        return copy;
    }
}
