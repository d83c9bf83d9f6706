package dev.orrery.scheduler.preemption;

import dev.orrery.scheduler.cluster.PodInfo;

/** Takes pods off their nodes, in the background. */
@FunctionalInterface
public interface Evictor {

    /** The preemptor is tried again where a victim could not be taken off. */
    void evict(PodInfo victim, String node, PodInfo preemptor);
}
