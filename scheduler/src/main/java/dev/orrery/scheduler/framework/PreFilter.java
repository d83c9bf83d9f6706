package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;

/** Looks at a pod once, before it is tried on nodes. */
public interface PreFilter extends Plugin {

    /** Skip: its filter is passed over. Rejected: no node is tried. */
    Status preFilter(CycleState state, PodInfo pod);

    /** In a trial, a pod comes to a node: what was remembered must say so. */
    default void podAdded(CycleState state, PodInfo pod, PodInfo added, NodeInfo node) {}

    /** In a trial, a pod leaves a node: what was remembered must say so. */
    default void podRemoved(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node) {}
}
