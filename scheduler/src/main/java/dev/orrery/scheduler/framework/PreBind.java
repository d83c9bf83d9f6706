package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.PodInfo;

/** Writes what must be there before a pod is bound, and waits until it is. */
public interface PreBind extends Plugin {

    /** Whether there is anything to do for this pod. */
    boolean hasWork(CycleState state, PodInfo pod, String node);

    /**
     * Runs on a thread that may block.
     *
     * @throws RuntimeException if it could not be written
     */
    void preBind(CycleState state, PodInfo pod, String node);

    /** Whether what was written has come to pass. Asked again when the cluster has changed. */
    Progress progress(CycleState state, PodInfo pod, String node);

    /** How far it is. */
    sealed interface Progress {

        record Done() implements Progress {}

        record Waiting() implements Progress {}

        /** It will not come to pass. */
        record Failed(String reason) implements Progress {}
    }
}
