/** The extension points of scheduling, by Kubernetes' names, and the order in which they run. */
@NullMarked
package dev.orrery.scheduler.framework;

import org.jspecify.annotations.NullMarked;
