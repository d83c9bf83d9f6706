package dev.orrery.kubelet.life;

import java.time.Instant;

/**
 * Why and how a whole pod comes to its end.
 *
 * @param phase that it is to have, or empty where its containers decide
 * @param reason of the phase, or empty
 * @param since when it began
 * @param graceSeconds how long its containers are given
 */
public record Ending(
        String phase, String reason, String message, Instant since, long graceSeconds) {

    /** The containers decide the phase: a deletion, or the work is done. */
    public static Ending byContainers(Instant since, long graceSeconds) {
        return new Ending("", "", "", since, graceSeconds);
    }

    public Ending withGrace(Instant start, long seconds) {
        return new Ending(phase, reason, message, start, seconds);
    }
}
