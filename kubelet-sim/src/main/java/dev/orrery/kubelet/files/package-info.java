/** What a container finds on its disk before anything is mounted: its image, and the kubelet's. */
@NullMarked
package dev.orrery.kubelet.files;

import org.jspecify.annotations.NullMarked;
