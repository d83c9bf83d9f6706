package dev.orrery.kubelet.network;

import dev.orrery.userland.network.Address;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The ports of nodes that lead to containers: {@code hostPort}. For any thread. */
final class HostForwards {

    private record Forward(String hostIp, int hostPort, String protocol, Address target) {

        boolean takes(String address, Protocol asked, int port) {
            return hostPort == port
                    && asked.is(protocol)
                    && (Address.isAny(hostIp) || hostIp.equals(address));
        }
    }

    private final Map<String, Map<String, List<Forward>>> byNode = new ConcurrentHashMap<>();

    void add(Pod pod, String node, String podIp) {
        List<Forward> forwards =
                pod.getSpec().getContainers().stream()
                        .map(Container::getPorts)
                        .flatMap(List::stream)
                        .filter(port -> port.getHostPort() != null && port.getHostPort() > 0)
                        .map(port -> forward(port, podIp))
                        .toList();
        if (!forwards.isEmpty()) {
            byNode.computeIfAbsent(node, _ -> new ConcurrentHashMap<>())
                    .put(pod.getMetadata().getUid(), forwards);
        }
    }

    void remove(String podUid, String node) {
        Map<String, List<Forward>> here = byNode.get(node);
        if (here != null) {
            here.remove(podUid);
        }
    }

    @Nullable Address target(String node, String address, Protocol protocol, int port) {
        for (List<Forward> forwards : byNode.getOrDefault(node, Map.of()).values()) {
            for (Forward forward : forwards) {
                if (forward.takes(address, protocol, port)) {
                    return forward.target();
                }
            }
        }
        return null;
    }

    private static Forward forward(ContainerPort port, String podIp) {
        return new Forward(
                Objects.requireNonNullElse(port.getHostIP(), ""),
                port.getHostPort(),
                Objects.requireNonNullElse(port.getProtocol(), ""),
                new Address(podIp, port.getContainerPort()));
    }
}
