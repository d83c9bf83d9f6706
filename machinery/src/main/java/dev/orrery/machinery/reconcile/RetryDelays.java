package dev.orrery.machinery.reconcile;

import dev.orrery.machinery.time.Clock;
import dev.orrery.machinery.time.TokenBucket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a failed key waits, with the figures of Kubernetes' controllers. Each failure in a row
 * doubles the delay: 5 ms, 10 ms, 20 ms, ... the eleventh 5.12 s, the eighteenth 655.36 s, all
 * after that 1000 s. All keys together fail no faster than 100 at once and then 10 a second; the
 * longer of both delays holds. Used from any thread.
 */
final class RetryDelays<K> {

    private static final Duration FIRST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofSeconds(1000);

    /** 5 ms doubled so often is past the longest. */
    private static final int DOUBLINGS = 18;

    private static final double OVERALL_PER_SECOND = 10;
    private static final int OVERALL_BURST = 100;

    private final Map<K, Integer> failures = new HashMap<>();
    private final TokenBucket overall;

    RetryDelays(Clock clock) {
        this.overall = new TokenBucket(clock, OVERALL_PER_SECOND, OVERALL_BURST);
    }

    /** Counts a failure. */
    synchronized Duration next(K key) {
        int before = failures.merge(key, 1, Integer::sum) - 1;
        Duration own = ofFailure(before);
        Duration shared = overall.reserve();
        return own.compareTo(shared) >= 0 ? own : shared;
    }

    synchronized void forget(K key) {
        failures.remove(key);
    }

    synchronized int failures(K key) {
        return failures.getOrDefault(key, 0);
    }

    private static Duration ofFailure(int before) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(before, DOUBLINGS));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
