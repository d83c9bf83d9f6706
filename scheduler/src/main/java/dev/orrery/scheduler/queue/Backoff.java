package dev.orrery.scheduler.queue;

import java.time.Duration;

/** How long a pod rests after tries that failed: first, doubling, to the longest. */
public record Backoff(Duration first, Duration longest) {

    /** Kubernetes' own: 1 s, 2 s, 4 s, 8 s, 10 s, 10 s. */
    public static final Backoff DEFAULT =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    public Backoff {
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("a back-off grows from its first to its longest");
        }
    }

    public Duration after(int failures) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration rest = first;
        for (int i = 1; i < failures && rest.compareTo(longest) < 0; i++) {
            rest = rest.multipliedBy(2);
        }
        return rest.compareTo(longest) < 0 ? rest : longest;
    }
}
