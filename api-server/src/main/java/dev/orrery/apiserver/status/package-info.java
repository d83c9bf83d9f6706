/** Refusals, as Kubernetes words them. */
@NullMarked
package dev.orrery.apiserver.status;

import org.jspecify.annotations.NullMarked;
