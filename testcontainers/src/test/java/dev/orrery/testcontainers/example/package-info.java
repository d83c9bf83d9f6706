/** An operator, and its tests as its author would write them. */
@NullMarked
package dev.orrery.testcontainers.example;

import org.jspecify.annotations.NullMarked;
