package dev.orrery.kubelet.node;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a node was short of memory lately. Written in the node's mailbox, read by whoever writes
 * its object.
 */
final class Pressure {

    /** A node is said to be short for as long after it was seen to be: it is not to flap. */
    private static final Duration TRANSITION = Duration.ofMinutes(5);

    private volatile Instant until = Instant.MIN;

    void seen(Instant now) {
        until = now.plus(TRANSITION);
    }

    boolean holds(Instant now) {
        return now.isBefore(until);
    }
}
