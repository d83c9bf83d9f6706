/** Which rules each kind has. */
@NullMarked
package dev.orrery.apiserver.rules.kind;

import org.jspecify.annotations.NullMarked;
