package dev.orrery.controllermanager.daemonset;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps a set from fighting with a kubelet that refuses its pod: the first failed pod on a node is
 * removed at once, the next 1 s later, then 2, 4, ... 900 s; after twice that of peace it begins
 * anew. Any thread.
 */
final class FailedPodBackoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Map<String, Wait> waits = new HashMap<>();

    private record Wait(Duration delay, Instant since) {

        Instant end() {
            return since.plus(delay);
        }

        boolean isForgotten(Instant now) {
            return now.isAfter(since.plus(LONGEST.multipliedBy(2)));
        }
    }

    /**
     * How long the failed pod is to stay; zero if it is to go now, which counts.
     *
     * @param place the set and the node
     */
    synchronized Duration remaining(String place, Instant now) {
        waits.values().removeIf(wait -> wait.isForgotten(now));
        Wait wait = waits.get(place);
        if (wait != null && now.isBefore(wait.end())) {
            return Duration.between(now, wait.end());
        }
        Duration next = wait == null ? FIRST : wait.delay().multipliedBy(2);
        waits.put(place, new Wait(next.compareTo(LONGEST) > 0 ? LONGEST : next, now));
        return Duration.ZERO;
    }
}
