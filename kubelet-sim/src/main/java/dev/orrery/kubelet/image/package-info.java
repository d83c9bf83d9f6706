/** Images: their names, their profiles, and which a node has pulled. */
@NullMarked
package dev.orrery.kubelet.image;

import org.jspecify.annotations.NullMarked;
