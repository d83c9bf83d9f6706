package dev.orrery.kubelet.life;

import java.time.Instant;

/**
 * One finished run of a container.
 *
 * @param reason {@code Completed}, {@code Error}, or the runtime's own word
 * @param containerId of the run that ended
 */
public record Termination(
        int exitCode,
        String reason,
        String message,
        Instant startedAt,
        Instant finishedAt,
        String containerId) {

    public boolean succeeded() {
        return exitCode == 0;
    }
}
