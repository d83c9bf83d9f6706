/** Pods that wait: for their turn, for their back-off to end, or for the cluster to change. */
@NullMarked
package dev.orrery.scheduler.queue;

import org.jspecify.annotations.NullMarked;
