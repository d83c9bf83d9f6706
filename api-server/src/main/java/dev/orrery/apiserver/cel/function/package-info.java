/** The functions that Kubernetes adds to CEL: quantities, addresses, versions, formats. */
@NullMarked
package dev.orrery.apiserver.cel.function;

import org.jspecify.annotations.NullMarked;
