@NullMarked
package dev.orrery.kubelet.wording;

import org.jspecify.annotations.NullMarked;
