/** Kubernetes Events: what a component tells people about the objects that it works on. */
@NullMarked
package dev.orrery.machinery.event;

import org.jspecify.annotations.NullMarked;
