package dev.orrery.machinery.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Allows a burst, and then so many a second. Starts full. Used from any thread.
 *
 * <p>Invariant: tokens never exceed the burst; below zero they are reserved for callers that wait.
 */
public final class TokenBucket {

    private static final double NANOS = 1e9;

    private final InstantSource clock;
    private final double perSecond;
    private final int burst;
    private double tokens;
    private Instant filled;

    public TokenBucket(InstantSource clock, double perSecond, int burst) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.filled = clock.instant();
    }

    /** Takes a token if there is one. */
    public synchronized boolean tryTake() {
        fill();
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /** Takes a token that is there already, or will be after the duration that is answered. */
    public synchronized Duration reserve() {
        fill();
        tokens -= 1;
        return tokens >= 0
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil(-tokens / perSecond * NANOS));
    }

    private void fill() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(filled, now).toNanos() / NANOS);
        tokens = Math.min(burst, tokens + seconds * perSecond);
        filled = now;
    }
}
