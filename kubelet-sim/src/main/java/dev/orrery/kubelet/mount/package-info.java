/** What containers see of their pods' volumes. */
@NullMarked
package dev.orrery.kubelet.mount;

import org.jspecify.annotations.NullMarked;
