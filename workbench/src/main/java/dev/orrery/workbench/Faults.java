package dev.orrery.workbench;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What goes wrong between the parts, and how often. Each figure is a probability between 0 and 1.
 *
 * @param lateRecord that a component hears of a record only after a delay
 * @param longestDelay of a late record
 * @param lostAnswer that a call has happened but its caller is told that it timed out
 * @param refusedCall that a call does not happen and its caller is told that it timed out
 */
public record Faults(
        double lateRecord, Duration longestDelay, double lostAnswer, double refusedCall) {

    public static final Faults NONE = new Faults(0, Duration.ZERO, 0, 0);

    /** Enough of everything to find what is wrong, and not so much that nothing gets done. */
    public static final Faults SOME = new Faults(0.05, Duration.ofSeconds(4), 0.03, 0.02);

    public Faults {
        check(lateRecord);
        check(lostAnswer);
        check(refusedCall);
    }

    Duration delay(RandomGenerator random) {
        return happens(lateRecord, random)
                ? Duration.ofMillis(random.nextLong(longestDelay.toMillis() + 1))
                : Duration.ZERO;
    }

    boolean losesAnswer(RandomGenerator random) {
        return happens(lostAnswer, random);
    }

    boolean refusesCall(RandomGenerator random) {
        return happens(refusedCall, random);
    }

    /** Draws only where the fault is switched on, so that a fault less changes nothing else. */
    private static boolean happens(double probability, RandomGenerator random) {
        return probability > 0 && random.nextDouble() < probability;
    }

    private static void check(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("not a probability: " + probability);
        }
    }
}
