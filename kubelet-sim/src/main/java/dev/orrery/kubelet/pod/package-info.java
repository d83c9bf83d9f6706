/** One pod on one node: acts on what its life demands and reports its status. */
@NullMarked
package dev.orrery.kubelet.pod;

import org.jspecify.annotations.NullMarked;
