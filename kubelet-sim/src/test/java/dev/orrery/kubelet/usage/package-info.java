@NullMarked
package dev.orrery.kubelet.usage;

import org.jspecify.annotations.NullMarked;
