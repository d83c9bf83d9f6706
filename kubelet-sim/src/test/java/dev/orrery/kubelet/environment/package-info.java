@NullMarked
package dev.orrery.kubelet.environment;

import org.jspecify.annotations.NullMarked;
