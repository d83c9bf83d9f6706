package dev.orrery.kubelet.network;

import dev.orrery.userland.Connection;
import dev.orrery.userland.network.Address;
import org.jspecify.annotations.Nullable;

/**
 * What can be reached beyond the pods and nodes of this process: the real api-server, and later the
 * nodes of other processes. For any thread; never blocks: a refusal may come with the first read.
 */
@FunctionalInterface
public interface Uplink {

    Uplink NONE = (_, _) -> null;

    /** Null where there is nothing of that address. */
    @Nullable Connection connect(Address from, Address to);
}
