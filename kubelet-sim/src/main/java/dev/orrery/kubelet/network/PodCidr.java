package dev.orrery.kubelet.network;

/**
 * The addresses of one node's pods: {@code 10.244.3.0/24} for the fourth node. Nodes beyond the
 * 256th go on in 10.245 and so on; .0 is the network, .1 its gateway.
 */
public record PodCidr(int nodeIndex) {

    private static final int FIRST = 10 << 24 | 244 << 16;
    private static final int BITS_PER_NODE = 8;
    static final int SIZE = 1 << BITS_PER_NODE;
    static final int FIRST_POD = 2;

    /** The last host number that a pod may get; .255 is the broadcast address. */
    static final int LAST_POD = SIZE - 2;

    public String text() {
        return address(0) + "/24";
    }

    String address(int host) {
        int bits = FIRST + (nodeIndex << BITS_PER_NODE) + host;
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 0xff)
                + "."
                + (bits >>> 8 & 0xff)
                + "."
                + (bits & 0xff);
    }

    /** The host number of an address of this network, or -1. */
    int host(String address) {
        String prefix = address(0);
        prefix = prefix.substring(0, prefix.lastIndexOf('.') + 1);
        if (!address.startsWith(prefix)) {
            return -1;
        }
        try {
            return Integer.parseInt(address, prefix.length(), address.length(), 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
