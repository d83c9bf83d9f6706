/** One cluster on this machine: its folder, its ports, its processes. */
@NullMarked
package dev.orrery.launcher.cluster;

import org.jspecify.annotations.NullMarked;
