package dev.orrery.controllermanager.statefulset;

import io.fabric8.kubernetes.api.model.Pod;

/** One thing to do to a set's pods. */
sealed interface Step {

    /** The place is empty: its claims where they are missing, and its pod. */
    record Create(int ordinal, String revision) implements Step {}

    /** The pod has ended, which pods of a set do not do: another is to take its place. */
    record Replace(Pod ended) implements Step {}

    /** The pod waits, perhaps for claims that somebody deleted. */
    record Furnish(Pod pod) implements Step {}

    /** Labels that tell the pod's identity were changed. */
    record Identify(Pod pod) implements Step {}

    /** One too many, or of an old revision. */
    record Delete(Pod pod) implements Step {}
}
