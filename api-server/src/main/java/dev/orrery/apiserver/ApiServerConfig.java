package dev.orrery.apiserver;

import dev.orrery.apiserver.store.StoreLimits;

/**
 * What can be set about an api-server's core.
 *
 * @param address {@code host:port} of the HTTPS side, as clients are told it
 * @param authority PEM of who signs clients' certificates, and this server's own as a client; empty
 *     where other API servers are told nothing of it
 */
public record ApiServerConfig(
        StoreLimits registry, StoreLimits events, String address, String authority) {

    public static final ApiServerConfig DEFAULTS =
            new ApiServerConfig(StoreLimits.REGISTRY, StoreLimits.EVENTS, "127.0.0.1:6443");

    public ApiServerConfig(StoreLimits registry, StoreLimits events, String address) {
        this(registry, events, address, "");
    }
}
