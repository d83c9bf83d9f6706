/** Who asks. */
@NullMarked
package dev.orrery.apiserver.user;

import org.jspecify.annotations.NullMarked;
