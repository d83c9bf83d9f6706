/** Registers with compare-and-set: histories of operations, and whether they make sense. */
@NullMarked
package dev.orrery.machinery.testing.register;

import org.jspecify.annotations.NullMarked;
