/** Files of a machine: volumes that hold them, and the tree that mounts volumes together. */
@NullMarked
package dev.orrery.userland.file;

import org.jspecify.annotations.NullMarked;
