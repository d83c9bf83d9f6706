package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.PodInfo;

/**
 * One rule of scheduling. Its class is named as Kubernetes names it. Called on the scheduling
 * thread alone, except where an extension point says otherwise; must not block.
 */
public interface Plugin {

    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * Whether what happened may let a pod through that this plugin turned away. A no lets the pod
     * sleep on, so in doubt the answer is yes.
     */
    default boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return false;
    }
}
