package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.cluster.PodInfo;

/** Decides whether a pod may be tried at all. */
public interface PreEnqueue extends Plugin {

    Status preEnqueue(PodInfo pod);
}
