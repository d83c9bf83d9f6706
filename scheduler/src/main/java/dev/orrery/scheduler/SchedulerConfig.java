package dev.orrery.scheduler;

import dev.orrery.scheduler.queue.Backoff;

/**
 * What can be set.
 *
 * @param schedulerName the pods that name this scheduler, or none where it is the default's name,
 *     are its own
 * @param percentageOfNodesToScore how many of the nodes must be found to fit before the best of
 *     them is chosen; 0 lets the size of the cluster decide
 * @param writesAtATime pods about which something may be on its way to the api-server; further
 *     decisions wait
 */
public record SchedulerConfig(
        String schedulerName, int percentageOfNodesToScore, Backoff backoff, int writesAtATime) {

    public static final String DEFAULT_NAME = "default-scheduler";

    public static final SchedulerConfig DEFAULT =
            new SchedulerConfig(DEFAULT_NAME, 0, Backoff.DEFAULT, 256);

    public SchedulerConfig {
        if (schedulerName.isEmpty()) {
            throw new IllegalArgumentException("a scheduler has a name");
        }
        if (percentageOfNodesToScore < 0 || percentageOfNodesToScore > 100) {
            throw new IllegalArgumentException("a percentage is between 0 and 100");
        }
        if (writesAtATime < 1) {
            throw new IllegalArgumentException("at least one write at a time");
        }
    }
}
