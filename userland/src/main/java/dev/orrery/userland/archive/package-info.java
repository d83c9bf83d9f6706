/** The tape archive format: its headers, in and out. */
@NullMarked
package dev.orrery.userland.archive;

import org.jspecify.annotations.NullMarked;
