package dev.orrery.scheduler.preemption;

import dev.orrery.scheduler.cluster.PodInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A node on which a pod would fit if the victims were gone.
 *
 * @param victims the most important first
 * @param violations victims whose going a disruption budget does not allow
 */
record Candidate(String node, List<PodInfo> victims, int violations) {

    /** Higher priority first; among equals, whoever has run longer. */
    static final Comparator<PodInfo> IMPORTANCE =
            Comparator.comparingInt(PodInfo::priority)
                    .reversed()
                    .thenComparing(PodInfo::startTime)
                    .thenComparing(PodInfo::uid);

    /** Makes priorities positive, so that more victims always sum up to more. */
    private static final long SHIFT = 1L << 31;

    /**
     * The least harm first: fewest broken budgets, then the least important most important victim,
     * the smallest sum of priorities, the fewest victims, and the one whose important victims have
     * run least.
     */
    static final Comparator<Candidate> LEAST_HARM =
            Comparator.comparingInt(Candidate::violations)
                    .thenComparingInt(Candidate::highestPriority)
                    .thenComparingLong(Candidate::prioritySum)
                    .thenComparingInt(candidate -> candidate.victims().size())
                    .thenComparing(Candidate::earliestStart, Comparator.reverseOrder());

    Candidate {
        victims = List.copyOf(victims);
        if (victims.isEmpty()) {
            throw new IllegalArgumentException("a pod that fits needs no victims");
        }
    }

    private int highestPriority() {
        return victims.getFirst().priority();
    }

    private long prioritySum() {
        return victims.stream().mapToLong(victim -> victim.priority() + SHIFT).sum();
    }

    private Instant earliestStart() {
        return victims.stream()
                .filter(victim -> victim.priority() == highestPriority())
                .map(PodInfo::startTime)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }
}
