/** Simulated kubelets: many nodes in one process, and the pods that "run" on them. */
@NullMarked
package dev.orrery.kubelet;

import org.jspecify.annotations.NullMarked;
