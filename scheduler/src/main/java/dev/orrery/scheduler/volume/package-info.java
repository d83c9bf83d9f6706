/** Claims of pods, and the volumes that are or could be bound to them. */
@NullMarked
package dev.orrery.scheduler.volume;

import org.jspecify.annotations.NullMarked;
