package dev.orrery.kubelet.network;

import dev.orrery.userland.Network;
import io.fabric8.kubernetes.api.model.Pod;

/** The networks that the containers of pods see. For any thread. */
public interface PodNetworks {

    /**
     * The network of a pod at an address: the same for all containers of the pod, and for all pods
     * that use their node's.
     */
    Network join(Pod pod, String address);

    /** The pod is gone; no container of it listens any more. */
    void leave(Pod pod);
}
