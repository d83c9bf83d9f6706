@NullMarked
package dev.orrery.scheduler.resource;

import org.jspecify.annotations.NullMarked;
