@NullMarked
package dev.orrery.kubelet.process;

import org.jspecify.annotations.NullMarked;
