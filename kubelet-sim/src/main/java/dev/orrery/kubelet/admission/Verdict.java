package dev.orrery.kubelet.admission;

/** Whether a node takes a pod. */
public sealed interface Verdict {

    record Admitted() implements Verdict {}

    /** The pod is Failed for good; whoever wanted it makes another. */
    record Rejected(String reason, String message) implements Verdict {}

    Verdict ADMITTED = new Admitted();
}
