/** Selectors and tolerations of Kubernetes, compiled once and matched often. */
@NullMarked
package dev.orrery.machinery.selector;

import org.jspecify.annotations.NullMarked;
