/** Whether a node takes a pod that was bound to it. */
@NullMarked
package dev.orrery.kubelet.admission;

import org.jspecify.annotations.NullMarked;
