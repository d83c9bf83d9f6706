@NullMarked
package dev.orrery.kubelet.admission;

import org.jspecify.annotations.NullMarked;
