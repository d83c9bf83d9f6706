/** Disks: where the files of volumes are kept, and which node has which disk. */
@NullMarked
package dev.orrery.kubelet.storage;

import org.jspecify.annotations.NullMarked;
