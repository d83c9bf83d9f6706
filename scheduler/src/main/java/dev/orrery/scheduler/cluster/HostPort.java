package dev.orrery.scheduler.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A port that a container takes of its node. The address 0.0.0.0 is every address. */
public record HostPort(String address, String protocol, int port) {

    private static final String EVERY_ADDRESS = "0.0.0.0";

    static List<HostPort> of(Pod pod) {
        List<HostPort> ports = new ArrayList<>();
        for (Container container : pod.getSpec().getContainers()) {
            add(ports, container);
        }
        for (Container container : pod.getSpec().getInitContainers()) {
            if ("Always".equals(container.getRestartPolicy())) {
                add(ports, container);
            }
        }
        return List.copyOf(ports);
    }

    public boolean conflictsWith(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (address.equals(other.address)
                        || address.equals(EVERY_ADDRESS)
                        || other.address.equals(EVERY_ADDRESS));
    }

    public boolean conflictsWithAny(Collection<HostPort> others) {
        for (HostPort other : others) {
            if (conflictsWith(other)) {
                return true;
            }
        }
        return false;
    }

    private static void add(List<HostPort> ports, Container container) {
        for (ContainerPort port : container.getPorts()) {
            if (port.getHostPort() != null && port.getHostPort() > 0) {
                String address = port.getHostIP();
                ports.add(
                        new HostPort(
                                address == null || address.isEmpty() ? EVERY_ADDRESS : address,
                                port.getProtocol() == null ? "TCP" : port.getProtocol(),
                                port.getHostPort()));
            }
        }
    }
}
