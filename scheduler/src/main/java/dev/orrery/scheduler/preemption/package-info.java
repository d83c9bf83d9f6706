/** Making room for a pod by taking less important ones off a node. */
@NullMarked
package dev.orrery.scheduler.preemption;

import org.jspecify.annotations.NullMarked;
