/** The reconcile loop: from changes to keys, from keys to writes. */
@NullMarked
package dev.orrery.machinery.reconcile;

import org.jspecify.annotations.NullMarked;
