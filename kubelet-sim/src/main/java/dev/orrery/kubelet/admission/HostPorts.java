package dev.orrery.kubelet.admission;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The ports of its node that a pod takes. */
final class HostPorts {

    private static final String ANY = "0.0.0.0";

    private HostPorts() {}

    static boolean conflict(Pod pod, Pod other) {
        List<Taken> wanted = of(pod);
        return !wanted.isEmpty()
                && of(other).stream().anyMatch(port -> wanted.stream().anyMatch(port::clashes));
    }

    private static List<Taken> of(Pod pod) {
        List<Taken> taken = new ArrayList<>();
        Stream<Container> sidecars =
                pod.getSpec().getInitContainers().stream()
                        .filter(container -> "Always".equals(container.getRestartPolicy()));
        Stream.concat(pod.getSpec().getContainers().stream(), sidecars)
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> port.getHostPort() != null && port.getHostPort() > 0)
                .forEach(port -> taken.add(Taken.by(port)));
        return taken;
    }

    private record Taken(String ip, String protocol, int port) {

        static Taken by(ContainerPort port) {
            String ip = port.getHostIP();
            return new Taken(
                    ip == null || ip.isEmpty() ? ANY : ip,
                    Objects.requireNonNullElse(port.getProtocol(), "TCP"),
                    port.getHostPort());
        }

        boolean clashes(Taken other) {
            return port == other.port
                    && protocol.equals(other.protocol)
                    && (ip.equals(other.ip) || ip.equals(ANY) || other.ip.equals(ANY));
        }
    }
}
