/** A machine of processes without threads: what stands in for a container's inside. */
@NullMarked
package dev.orrery.userland;

import org.jspecify.annotations.NullMarked;
