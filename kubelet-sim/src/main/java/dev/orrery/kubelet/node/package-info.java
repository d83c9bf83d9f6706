/** One node: its object, its lease, and its pods. */
@NullMarked
package dev.orrery.kubelet.node;

import org.jspecify.annotations.NullMarked;
