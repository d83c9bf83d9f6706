/** What running containers would use of their nodes. */
@NullMarked
package dev.orrery.kubelet.usage;

import org.jspecify.annotations.NullMarked;
