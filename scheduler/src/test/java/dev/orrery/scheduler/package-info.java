@NullMarked
package dev.orrery.scheduler;

import org.jspecify.annotations.NullMarked;
