package dev.orrery.kubelet.pod;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a kubelet takes for what costs it time.
 *
 * @param factor 1 for the times of a usual cluster, 0 for none
 */
public record Delays(
        Duration shortestPull,
        Duration longestPull,
        Duration shortestStart,
        Duration longestStart,
        double factor) {

    public static final Delays USUAL =
            new Delays(
                    Duration.ofMillis(200),
                    Duration.ofMillis(800),
                    Duration.ofMillis(50),
                    Duration.ofMillis(150),
                    1);

    public static final Delays NONE = USUAL.times(0);

    public Delays {
        if (factor < 0) {
            throw new IllegalArgumentException("time does not run backwards: " + factor);
        }
    }

    public Delays times(double changed) {
        return new Delays(shortestPull, longestPull, shortestStart, longestStart, changed);
    }

    /** Of an image that the node does not have. */
    public Duration pull(RandomGenerator random) {
        return between(shortestPull, longestPull, random);
    }

    /** Of a container, or of a pod's network. */
    public Duration start(RandomGenerator random) {
        return between(shortestStart, longestStart, random);
    }

    private Duration between(Duration shortest, Duration longest, RandomGenerator random) {
        double nanos =
                shortest.toNanos() + random.nextDouble() * (longest.toNanos() - shortest.toNanos());
        return Duration.ofNanos((long) (nanos * factor));
    }
}
