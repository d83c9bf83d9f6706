/**
 * The whole cluster in one JVM: the cores of the services on an in-memory log, a virtual clock and
 * a single-threaded event loop whose every choice comes from one seed.
 */
@NullMarked
package dev.orrery.workbench;

import org.jspecify.annotations.NullMarked;
