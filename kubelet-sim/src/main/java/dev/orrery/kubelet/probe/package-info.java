/** What a kubelet asks of containers, and how servers among them are asked. */
@NullMarked
package dev.orrery.kubelet.probe;

import org.jspecify.annotations.NullMarked;
