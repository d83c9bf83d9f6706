package dev.orrery.apiserver;

import dev.orrery.apiserver.store.StoreLimits;

/**
 * What can be set about an api-server's core.
 *
 * @param address {@code host:port} of the HTTPS side, as clients are told it
 */
public record ApiServerConfig(StoreLimits registry, StoreLimits events, String address) {

    public static final ApiServerConfig DEFAULTS =
            new ApiServerConfig(StoreLimits.REGISTRY, StoreLimits.EVENTS, "127.0.0.1:6443");
}
