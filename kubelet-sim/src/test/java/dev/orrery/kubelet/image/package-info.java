@NullMarked
package dev.orrery.kubelet.image;

import org.jspecify.annotations.NullMarked;
