/** Time as an argument: the clock and the timers that every core is given. */
@NullMarked
package dev.orrery.machinery.time;

import org.jspecify.annotations.NullMarked;
