/** What clients did and saw, written down, and whether it is what a consistent store would show. */
@NullMarked
package dev.orrery.acceptance.history;

import org.jspecify.annotations.NullMarked;
