package dev.orrery.controllermanager.job;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a job waits before it replaces failed pods: 10 s after the first failure, then twice as
 * long with each that follows without a success between, 600 s at most. After three failures, the
 * last at 12:00:00, the next pod comes at 12:00:40.
 *
 * @param failures since the last success
 * @param last of these failures; the epoch if there is none
 */
record Backoff(int failures, Instant last) {

    static final Backoff NONE = new Backoff(0, Instant.EPOCH);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    Backoff {
        if (failures < 0) {
            throw new IllegalArgumentException("there are no fewer failures than none");
        }
    }

    /** How long until a pod may be created; zero if it may be now. */
    Duration remaining(Instant now) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, last.plus(delay()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration delay() {
        Duration delay = FIRST;
        for (int i = 1; i < failures && delay.compareTo(LONGEST) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
