package dev.orrery.apiserver.store;

/** What the log decided about a write. */
public sealed interface Outcome {

    /** The write took effect and is the object's version now, or was for a moment. */
    record Won(long resourceVersion) implements Outcome {}

    /** Another write got in between: {@code prev} did not hold. Nothing was changed. */
    record Lost() implements Outcome {}
}
