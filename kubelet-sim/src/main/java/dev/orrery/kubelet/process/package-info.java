/** What runs in a container: the contract, and the simplest form of it. */
@NullMarked
package dev.orrery.kubelet.process;

import org.jspecify.annotations.NullMarked;
