/** A component's own copy of the objects that it watches, kept up to date from the log. */
@NullMarked
package dev.orrery.machinery.informer;

import org.jspecify.annotations.NullMarked;
