/**
 * The cluster's history: an append-only log of object versions, and the rule that decides which
 * take effect.
 */
@NullMarked
package dev.orrery.machinery.log;

import org.jspecify.annotations.NullMarked;
