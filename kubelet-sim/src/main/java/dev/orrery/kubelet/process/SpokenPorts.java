package dev.orrery.kubelet.process;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ports that a pod speaks of as its container's: those it declares and those it probes. */
final class SpokenPorts {

    private SpokenPorts() {}

    static Set<Integer> of(Container container) {
        Set<Integer> ports = new TreeSet<>();
        for (ContainerPort port : container.getPorts()) {
            if (port.getProtocol() == null || port.getProtocol().equals("TCP")) {
                ports.add(port.getContainerPort());
            }
        }
        List<@Nullable Probe> probes = new ArrayList<>();
        probes.add(container.getStartupProbe());
        probes.add(container.getReadinessProbe());
        probes.add(container.getLivenessProbe());
        probes.forEach(probe -> add(probe, ports));
        return ports;
    }

    private static void add(@Nullable Probe probe, Set<Integer> ports) {
        if (probe == null) {
            return;
        }
        if (probe.getHttpGet() != null) {
            add(probe.getHttpGet().getPort(), ports);
        }
        if (probe.getTcpSocket() != null) {
            add(probe.getTcpSocket().getPort(), ports);
        }
        if (probe.getGrpc() != null) {
            ports.add(probe.getGrpc().getPort());
        }
    }

    private static void add(@Nullable IntOrString port, Set<Integer> ports) {
        if (port != null && port.getIntVal() != null) {
            ports.add(port.getIntVal());
        }
    }
}
