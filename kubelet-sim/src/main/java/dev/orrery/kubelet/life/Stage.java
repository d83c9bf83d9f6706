package dev.orrery.kubelet.life;

import java.time.Instant;

/** Where a container stands. */
public sealed interface Stage {

    /**
     * Not running, and to be started, no earlier than a time.
     *
     * @param reason as the API shows it; empty for what every container begins with
     */
    record Waiting(String reason, String message, Instant notBefore) implements Stage {}

    /** The image is being pulled or the container made; the API still shows the stage before. */
    record Starting(Stage shown) implements Stage {}

    /**
     * @param started its startup probe, if any, has succeeded
     * @param ready its readiness probe, if any, says so
     */
    record Running(Instant startedAt, boolean started, boolean ready) implements Stage {}

    /** Ended; whether for good is for the pod's life to say. */
    record Ended(Termination termination) implements Stage {}

    Stage NEW = new Waiting("", "", Instant.EPOCH);
}
