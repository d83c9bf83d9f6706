/** A small cluster for tests of control loops: one thread, virtual time, a simple api-server. */
@NullMarked
package dev.orrery.controllermanager.cluster;

import org.jspecify.annotations.NullMarked;
