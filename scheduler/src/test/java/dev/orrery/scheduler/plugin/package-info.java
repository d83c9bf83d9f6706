@NullMarked
package dev.orrery.scheduler.plugin;

import org.jspecify.annotations.NullMarked;
