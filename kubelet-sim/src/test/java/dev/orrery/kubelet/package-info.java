@NullMarked
package dev.orrery.kubelet;

import org.jspecify.annotations.NullMarked;
