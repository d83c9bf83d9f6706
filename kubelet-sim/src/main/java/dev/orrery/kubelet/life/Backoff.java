package dev.orrery.kubelet.life;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before the next try: 10 s, doubling to 5 min, forgotten after 10 min of quiet.
 *
 * <p>The first try after an end is made at once and sets the delay to 10 s. So a container that
 * ends at once is started at 0 s, 0 s, 10 s, 30 s (10 + 20), 70 s, 150 s, 310 s, 610 s, ...
 *
 * @param delay zero where no try has been made yet
 * @param since when the delay was last set
 */
public record Backoff(Duration delay, Instant since) {

    public static final Duration FIRST = Duration.ofSeconds(10);
    public static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN_AFTER = LONGEST.multipliedBy(2);

    public static final Backoff NONE = new Backoff(Duration.ZERO, Instant.EPOCH);

    /** When the next try may be made after an end. */
    public Instant earliest(Instant ended) {
        return forgottenAt(ended) ? ended : ended.plus(delay);
    }

    /** After a try that is made now, for an end that was at {@code ended}. */
    public Backoff tried(Instant ended, Instant now) {
        if (delay.isZero() || forgottenAt(ended)) {
            return new Backoff(FIRST, now);
        }
        Duration doubled = delay.multipliedBy(2);
        return new Backoff(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled, now);
    }

    private boolean forgottenAt(Instant time) {
        return Duration.between(since, time).compareTo(FORGOTTEN_AFTER) > 0;
    }
}
