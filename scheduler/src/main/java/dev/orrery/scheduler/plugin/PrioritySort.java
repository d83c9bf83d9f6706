package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.framework.QueueSort;
import dev.orrery.scheduler.framework.QueuedPod;
import java.util.Comparator;

/** Higher priority first; among equals, whoever waits longer. */
public final class PrioritySort implements QueueSort {

    private static final Comparator<QueuedPod> ORDER =
            Comparator.comparingInt((QueuedPod queued) -> queued.pod().priority())
                    .reversed()
                    .thenComparing(QueuedPod::since)
                    .thenComparingLong(QueuedPod::sequence);

    @Override
    public Comparator<QueuedPod> order() {
        return ORDER;
    }
}
