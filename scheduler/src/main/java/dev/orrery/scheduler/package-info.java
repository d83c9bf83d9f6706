/** The scheduler: finds a node for each pod that has none. */
@NullMarked
package dev.orrery.scheduler;

import org.jspecify.annotations.NullMarked;
