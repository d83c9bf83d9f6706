/** What a kubelet itself serves over HTTP, as {@code nodes/proxy} reaches it. */
@NullMarked
package dev.orrery.kubelet.endpoint;

import org.jspecify.annotations.NullMarked;
