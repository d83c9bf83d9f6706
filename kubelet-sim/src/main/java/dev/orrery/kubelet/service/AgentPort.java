package dev.orrery.kubelet.service;

import dev.orrery.kubelet.agent.AgentServer;
import dev.orrery.kubelet.agent.Insides;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Where the api-server finds the nodes: {@code orrery.node-agent.address}. */
final class AgentPort {

    static final String ADDRESS = "127.0.0.1:6450";

    private final Config properties;
    private final Insides insides;
    private @Nullable AgentServer server;

    AgentPort(Config properties, Insides insides) {
        this.properties = properties;
        this.insides = insides;
    }

    void open() {
        String address =
                properties
                        .getOptionalValue("orrery.node-agent.address", String.class)
                        .orElse(ADDRESS);
        Path pki = properties.getValue("orrery.pki.dir", Path.class);
        int colon = address.lastIndexOf(':');
        int port = Integer.parseInt(address.substring(colon + 1));
        try {
            server =
                    AgentServer.start(
                            new InetSocketAddress(address.substring(0, colon), port), pki, insides);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the nodes: " + address, e);
        }
    }

    void close() {
        if (server != null) {
            server.close();
        }
    }
}
