/** The ways in which a client says what is to change in an object. */
@NullMarked
package dev.orrery.schema.patch;

import org.jspecify.annotations.NullMarked;
