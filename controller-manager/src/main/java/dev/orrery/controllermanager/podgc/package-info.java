/** Pods that nobody else will remove: of lost nodes, never bound, or too many that have ended. */
@NullMarked
package dev.orrery.controllermanager.podgc;

import org.jspecify.annotations.NullMarked;
