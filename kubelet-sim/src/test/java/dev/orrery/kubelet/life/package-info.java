@NullMarked
package dev.orrery.kubelet.life;

import org.jspecify.annotations.NullMarked;
