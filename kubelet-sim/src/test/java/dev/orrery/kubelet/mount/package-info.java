@NullMarked
package dev.orrery.kubelet.mount;

import org.jspecify.annotations.NullMarked;
