package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;

/** Decides whether a pod can run on a node. */
public interface Filter extends Plugin {

    Status filter(CycleState state, PodInfo pod, NodeInfo node);
}
