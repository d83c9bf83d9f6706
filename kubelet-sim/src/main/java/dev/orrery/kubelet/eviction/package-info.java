/** Which pods a node gives up, and in which words. */
@NullMarked
package dev.orrery.kubelet.eviction;

import org.jspecify.annotations.NullMarked;
