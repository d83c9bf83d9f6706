/** Addresses, ports and names, as the programs of a machine know them. */
@NullMarked
package dev.orrery.userland.network;

import org.jspecify.annotations.NullMarked;
