@NullMarked
package dev.orrery.scheduler.cluster;

import org.jspecify.annotations.NullMarked;
