package dev.orrery.kubelet.network;

import java.util.BitSet;
import java.util.Optional;

/**
 * Hands out the addresses of one node's network, each to one pod at a time. As a node's CNI plugin
 * does, it goes round, so that an address that was just given back is the last to be used again.
 * Confined to the node's mailbox.
 */
public final class PodAddresses {

    private final PodCidr cidr;
    private final BitSet taken = new BitSet(PodCidr.SIZE);
    private int next = PodCidr.FIRST_POD;

    public PodAddresses(PodCidr cidr) {
        this.cidr = cidr;
    }

    /** Empty where all are taken. */
    public Optional<String> take() {
        int host = taken.nextClearBit(next);
        if (host > PodCidr.LAST_POD) {
            host = taken.nextClearBit(PodCidr.FIRST_POD);
        }
        if (host > PodCidr.LAST_POD) {
            return Optional.empty();
        }
        taken.set(host);
        next = host + 1;
        return Optional.of(cidr.address(host));
    }

    /** Takes the address that a running pod already has; false where it is not free. */
    public boolean takeAgain(String address) {
        int host = cidr.host(address);
        if (host < PodCidr.FIRST_POD || host > PodCidr.LAST_POD || taken.get(host)) {
            return false;
        }
        taken.set(host);
        next = Math.max(next, host + 1);
        return true;
    }

    public void giveBack(String address) {
        int host = cidr.host(address);
        if (host >= 0) {
            taken.clear(host);
        }
    }
}
