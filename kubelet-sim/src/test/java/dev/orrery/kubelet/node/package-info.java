@NullMarked
package dev.orrery.kubelet.node;

import org.jspecify.annotations.NullMarked;
