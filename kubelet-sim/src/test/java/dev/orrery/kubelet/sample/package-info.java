@NullMarked
package dev.orrery.kubelet.sample;

import org.jspecify.annotations.NullMarked;
