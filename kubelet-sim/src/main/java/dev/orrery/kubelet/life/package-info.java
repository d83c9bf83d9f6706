/** The life of a pod as values: what is, and what is to be done next. */
@NullMarked
package dev.orrery.kubelet.life;

import org.jspecify.annotations.NullMarked;
