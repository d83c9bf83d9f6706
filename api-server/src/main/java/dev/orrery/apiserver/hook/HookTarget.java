package dev.orrery.apiserver.hook;

import java.net.URI;

/**
 * Where a webhook is.
 *
 * @param url without a query: {@code https://web.ns.svc:443/path}
 * @param serverName whose certificate it must show
 * @param host to connect to, which for a Service is one of its pods
 * @param inCluster whether that is an address in the network of the pods
 * @param authorities certificates in PEM that may have signed its own; empty for the system's
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once
public record HookTarget(
        String url,
        String serverName,
        String host,
        int port,
        boolean inCluster,
        String path,
        byte[] authorities) {

    /** For the Host header: what the URL names. */
    public String authority() {
        return String.valueOf(URI.create(url).getRawAuthority());
    }
}
