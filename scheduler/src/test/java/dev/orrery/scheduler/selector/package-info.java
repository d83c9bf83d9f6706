@NullMarked
package dev.orrery.scheduler.selector;

import org.jspecify.annotations.NullMarked;
