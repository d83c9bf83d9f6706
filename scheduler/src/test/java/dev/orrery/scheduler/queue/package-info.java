@NullMarked
package dev.orrery.scheduler.queue;

import org.jspecify.annotations.NullMarked;
