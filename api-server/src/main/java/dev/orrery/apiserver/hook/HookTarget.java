package dev.orrery.apiserver.hook;

/**
 * Where a webhook is.
 *
 * @param url without a query: {@code https://web.ns.svc:443/path}
 * @param serverName whose certificate it must show
 * @param host to connect to, which for a Service is one of its pods
 * @param authorities certificates in PEM that may have signed its own; empty for the system's
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once
public record HookTarget(
        String url, String serverName, String host, int port, String path, byte[] authorities) {}
