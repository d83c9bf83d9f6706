/** A component as a service: the real log, the real api-server, the wall clock. */
@NullMarked
package dev.orrery.machinery.component;

import org.jspecify.annotations.NullMarked;
