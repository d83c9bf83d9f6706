package dev.orrery.scheduler.framework;

import java.util.Comparator;

/** Says which of two waiting pods is tried first. */
public interface QueueSort extends Plugin {

    Comparator<QueuedPod> order();
}
