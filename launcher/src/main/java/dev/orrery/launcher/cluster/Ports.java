package dev.orrery.launcher.cluster;

import java.util.List;

/**
 * The ports of one cluster, counted up from the api-server's.
 *
 * @param base of the api-server's HTTPS; the nine above it belong to the cluster too
 */
public record Ports(int base) {

    private static final int GRPC = 1;
    private static final int CONTROLLER = 6;
    private static final int NODE_AGENT = 7;
    private static final int LAST = 9;

    public Ports {
        if (base < 1 || base + LAST > 65535) {
            throw new IllegalArgumentException("no port range begins at " + base);
        }
    }

    public int of(Service service) {
        return base + service.portOffset();
    }

    public int grpc() {
        return base + GRPC;
    }

    /** Of the controller inside the broker. */
    public int brokerController() {
        return base + CONTROLLER;
    }

    /** Where the api-server asks the nodes for logs and streams. */
    int nodeAgent() {
        return base + NODE_AGENT;
    }

    public List<Integer> all() {
        return java.util.stream.IntStream.rangeClosed(base, base + LAST).boxed().toList();
    }
}
