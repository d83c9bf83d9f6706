package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.PodInfo;

/** Writes what must be written before a pod is bound. Runs on a thread that may block. */
public interface PreBind extends Plugin {

    /**
     * @throws RuntimeException if the pod cannot be bound now
     */
    void preBind(CycleState state, PodInfo pod, String node);
}
