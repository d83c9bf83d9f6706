package dev.orrery.kubelet.admission;

/** Whether a node has what a pod of its own would have beyond what it has. */
public sealed interface Fit {

    /** An enum of one, so that nothing need be made to say it. */
    enum Fits implements Fit {
        FITS
    }

    /** Others would have to give something up first. */
    record NotNow(String message) implements Fit {}

    /** The node is too small. */
    record Never(String message) implements Fit {}
}
