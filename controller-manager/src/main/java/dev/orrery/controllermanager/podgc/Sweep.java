package dev.orrery.controllermanager.podgc;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one look at all pods and nodes says. Pure: the same again if nothing was done about it.
 *
 * @param removals each pod at most once
 * @param missingSince when each node was first missed that pods are bound to
 */
record Sweep(List<Removal> removals, Map<String, Instant> missingSince) {

    /** For so long a node must be missed: its object may be yet to come. */
    static final Duration QUARANTINE = Duration.ofSeconds(40);

    record Removal(Pod pod, Why why) {}

    enum Why {
        NODE_GONE,
        NEVER_BOUND,
        ENDED_TOO_MANY
    }

    Sweep {
        removals = List.copyOf(removals);
        missingSince = Map.copyOf(missingSince);
    }

    /**
     * @param missedBefore what the last sweep said
     * @param endedLimit so many ended pods may stay, the youngest
     */
    static Sweep of(
            Collection<Pod> pods,
            Set<String> nodes,
            Map<String, Instant> missedBefore,
            int endedLimit,
            Instant now) {
        Map<String, Instant> missing = new TreeMap<>();
        List<Removal> removals = new ArrayList<>();
        List<Pod> ended = new ArrayList<>();
        for (Pod pod : pods) {
            String node = Pods.nodeName(pod);
            if (node.isEmpty() && Owners.isBeingDeleted(pod)) {
                removals.add(new Removal(pod, Why.NEVER_BOUND));
            } else if (!node.isEmpty() && !nodes.contains(node)) {
                Instant since = missedBefore.getOrDefault(node, now);
                missing.put(node, since);
                if (!since.plus(QUARANTINE).isAfter(now)) {
                    removals.add(new Removal(pod, Why.NODE_GONE));
                }
            } else if (Pods.isEnded(pod)) {
                ended.add(pod);
            }
        }
        oldest(ended, endedLimit)
                .forEach(pod -> removals.add(new Removal(pod, Why.ENDED_TOO_MANY)));
        return new Sweep(removals, missing);
    }

    /** Of 5 ended pods with a limit of 3: the 2 that were created first. */
    private static List<Pod> oldest(List<Pod> ended, int limit) {
        return ended.stream()
                .sorted(
                        Comparator.<Pod, Instant>comparing(pod ->
                                        Timestamps.parse(pod.getMetadata().getCreationTimestamp()))
                                .thenComparing(pod -> pod.getMetadata().getName()))
                .limit(Math.max(0, ended.size() - limit))
                .toList();
    }
}
