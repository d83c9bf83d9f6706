@NullMarked
package dev.orrery.kubelet.eviction;

import org.jspecify.annotations.NullMarked;
