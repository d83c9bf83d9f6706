package dev.orrery.scheduler.framework;

import org.jspecify.annotations.Nullable;

/** Tries to make room for a pod that fits on no node. */
public interface PostFilter extends Plugin {

    Outcome postFilter(Framework.Cycle cycle, Diagnosis diagnosis);

    /** What came of it. */
    sealed interface Outcome {

        /** Room is being made on a node; the pod is tried again when it is there. */
        record Nominated(String node) implements Outcome {}

        /**
         * No room; the words come after the reasons.
         *
         * @param nominatedNode what becomes of a nomination of before: null leaves it, empty ends
         *     it
         */
        record Helpless(String message, @Nullable String nominatedNode) implements Outcome {}

        /** The question could not be answered; no further plugin is asked. */
        record Failed(String message) implements Outcome {}
    }
}
