/** The PodStatus that the life of a pod amounts to. */
@NullMarked
package dev.orrery.kubelet.status;

import org.jspecify.annotations.NullMarked;
