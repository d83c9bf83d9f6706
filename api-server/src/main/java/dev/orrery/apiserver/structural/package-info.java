/** Objects held against a schema that a user wrote: what is kept, filled in, and refused. */
@NullMarked
package dev.orrery.apiserver.structural;

import org.jspecify.annotations.NullMarked;
