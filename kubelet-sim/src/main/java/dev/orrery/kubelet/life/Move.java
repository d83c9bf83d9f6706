package dev.orrery.kubelet.life;

import java.time.Instant;

/** What is to be done for a pod now. */
public sealed interface Move {

    /** Make its volumes and its network. */
    record MakeSandbox() implements Move {}

    /** Pull the image if need be, make the container and start it. */
    record Start(String container) implements Move {}

    /** Let a container that ended wait, and say that it does. */
    record HoldBack(String container, Instant until) implements Move {}

    /** Ask a container to end. */
    record Stop(String container, String message) implements Move {}

    /** Nothing runs and nothing will: the pod has come to its end. */
    record Finish() implements Move {}

    /** Its work is done, or can no longer be done: what still runs is to end. */
    record End(Ending ending) implements Move {}

    /** Look again at this time. */
    record Wake(Instant at) implements Move {}
}
