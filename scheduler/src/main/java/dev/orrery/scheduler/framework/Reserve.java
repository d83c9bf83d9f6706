package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.PodInfo;

/** Keeps what a pod needs beside its node, from the decision until it is bound. */
public interface Reserve extends Plugin {

    Status reserve(CycleState state, PodInfo pod, String node);

    /** Gives it back; also called where {@link #reserve} was not. */
    void unreserve(CycleState state, PodInfo pod, String node);
}
