/** The cluster as the scheduler counts it: nodes, the pods on them, and what is left. */
@NullMarked
package dev.orrery.scheduler.cluster;

import org.jspecify.annotations.NullMarked;
