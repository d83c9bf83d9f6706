package dev.orrery.kubelet.probe;

/** What came of a check. */
public sealed interface Answer {

    /** An enum of one, so that nothing need be made to say it. */
    enum Good implements Answer {
        GOOD
    }

    /**
     * Good, but not as it should be.
     *
     * @param message what to tell of it
     */
    record Warning(String message) implements Answer {}

    /**
     * @param message why not, in the words of a kubelet's probe
     */
    record Bad(String message) implements Answer {}

    /** The question could not be put; nothing is known. */
    record Unknown(String error) implements Answer {}

    default boolean isGood() {
        return this instanceof Good || this instanceof Warning;
    }
}
