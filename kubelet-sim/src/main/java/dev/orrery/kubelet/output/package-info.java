/** What containers write, as far as it is kept. */
@NullMarked
package dev.orrery.kubelet.output;

import org.jspecify.annotations.NullMarked;
