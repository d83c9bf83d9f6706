package dev.orrery.kubelet.mount;

import dev.orrery.userland.file.Node;

/** Images as volumes. For any thread. */
public interface Images {

    /** Whether a registry would have it. */
    boolean exists(String reference);

    /** The files in it. */
    Node files(String reference);
}
