package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.PodInfo;

/** Binds a pod to its node. Runs on a thread that may block. */
public interface Bind extends Plugin {

    /**
     * @throws RuntimeException if the pod was not bound, or no answer came
     */
    void bind(PodInfo pod, String node);
}
