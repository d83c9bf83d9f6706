@NullMarked
package dev.orrery.kubelet.status;

import org.jspecify.annotations.NullMarked;
