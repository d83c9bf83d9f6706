package dev.orrery.apiserver.node;

import dev.orrery.apiserver.user.User;

/** What a request is joined to that takes its connection over. */
public sealed interface Connect {

    /**
     * A container that runs.
     *
     * @param node the name of its node
     * @param containerId of the run
     * @param attach to its own process; else a command beside it
     */
    record Container(String node, String containerId, boolean attach) implements Connect {}

    /**
     * Any ports of a pod.
     *
     * @param node the name of its node
     */
    record Ports(String node, String podUid) implements Connect {}

    /**
     * Another API server.
     *
     * @param host as a URL has it
     * @param user who asks, of which it is told
     */
    record Delegated(Tunnels.Target target, String host, ClusterHttp.Security security, User user)
            implements Connect {}

    /**
     * One HTTP server.
     *
     * @param host as a URL has it
     * @param tls whether it is spoken to by HTTPS
     */
    record Server(Tunnels.Target target, String host, boolean tls) implements Connect {}
}
