/** The kinds of object that the API serves: one row each. */
@NullMarked
package dev.orrery.apiserver.kind;

import org.jspecify.annotations.NullMarked;
