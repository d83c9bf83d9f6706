/** Amounts: what pods ask for and what nodes have, as exact whole numbers. */
@NullMarked
package dev.orrery.scheduler.resource;

import org.jspecify.annotations.NullMarked;
