/** Selectors of Kubernetes, compiled once and matched often. */
@NullMarked
package dev.orrery.scheduler.selector;

import org.jspecify.annotations.NullMarked;
