/** The words of a kubelet's events and messages, which people match on. */
@NullMarked
package dev.orrery.kubelet.wording;

import org.jspecify.annotations.NullMarked;
