/** The commands of an image that are not the shell's own. */
@NullMarked
package dev.orrery.userland.applet;

import org.jspecify.annotations.NullMarked;
