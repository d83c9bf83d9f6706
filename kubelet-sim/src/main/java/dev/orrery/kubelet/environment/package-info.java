/** The environment variables of containers, and what they are made of. */
@NullMarked
package dev.orrery.kubelet.environment;

import org.jspecify.annotations.NullMarked;
