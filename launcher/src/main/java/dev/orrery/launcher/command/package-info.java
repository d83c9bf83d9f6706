/** What can be typed after {@code ./orrery}. */
@NullMarked
package dev.orrery.launcher.command;

import org.jspecify.annotations.NullMarked;
