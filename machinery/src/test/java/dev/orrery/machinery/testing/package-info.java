/** Stand-ins for a component's surroundings that a test moves step by step. */
@NullMarked
package dev.orrery.machinery.testing;

import org.jspecify.annotations.NullMarked;
