/** Traces: spans with W3C trace context, exported where somebody wants them. */
@NullMarked
package dev.orrery.machinery.trace;

import org.jspecify.annotations.NullMarked;
