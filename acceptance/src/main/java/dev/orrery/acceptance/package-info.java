/** The whole, driven from outside with real clients: what a user does, and what must come of it. */
@NullMarked
package dev.orrery.acceptance;

import org.jspecify.annotations.NullMarked;
