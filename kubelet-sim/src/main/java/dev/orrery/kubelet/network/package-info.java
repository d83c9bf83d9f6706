/**
 * Addresses and ports of pods, and the network between them. A container finds its pod's network by
 * {@link dev.orrery.kubelet.network.Fabric#ofPod}.
 */
@NullMarked
package dev.orrery.kubelet.network;

import org.jspecify.annotations.NullMarked;
