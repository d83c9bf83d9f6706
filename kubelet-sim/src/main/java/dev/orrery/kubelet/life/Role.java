package dev.orrery.kubelet.life;

/** What part a container plays in its pod. */
public enum Role {
    /** Runs to its end before what follows it. */
    INIT,
    /** An init container that goes on beside what follows it. */
    SIDECAR,
    MAIN,
    /** Put into a running pod to look at it; never restarted, and nobody waits for it. */
    EPHEMERAL
}
