package dev.orrery.controllermanager.service;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pod as it stands behind a Service.
 *
 * @param ports where the Service's ports lead in this pod; a port whose name the pod does not have
 *     leads nowhere and is left out
 * @param serving whether it is ready, be it on its way out or not
 * @param hostname its name within the Service's domain, or null
 */
public record Backend(
        Pod pod,
        List<Port> ports,
        boolean serving,
        boolean terminating,
        @Nullable String hostname) {

    public static final String IPV4 = "IPv4";
    public static final String IPV6 = "IPv6";

    public Backend {
        ports = List.copyOf(ports);
    }

    /** One way in. */
    public record Port(String name, int number, String protocol, @Nullable String appProtocol) {}

    /** Ready by its own account, or because the Service asks for pods that are not. */
    public boolean ready(Service service) {
        return publishesNotReady(service) || (serving && !terminating);
    }

    /** Its addresses of one family. */
    public List<String> addresses(String family) {
        List<String> all = new ArrayList<>();
        for (PodIP address : pod.getStatus().getPodIPs()) {
            all.add(address.getIp());
        }
        if (all.isEmpty()) {
            all.add(pod.getStatus().getPodIP());
        }
        return all.stream().filter(address -> familyOf(address).equals(family)).toList();
    }

    public static String familyOf(String address) {
        return address.contains(":") ? IPV6 : IPV4;
    }

    public static boolean publishesNotReady(Service service) {
        return Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
    }

    static List<Port> ports(Service service, Pod pod) {
        List<Port> ports = new ArrayList<>();
        if (service.getSpec().getPorts() == null) {
            return ports;
        }
        for (ServicePort port : service.getSpec().getPorts()) {
            String protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
            String name = port.getName() == null ? "" : port.getName();
            number(pod, port, protocol)
                    .ifPresent(number ->
                            ports.add(new Port(name, number, protocol, port.getAppProtocol())));
        }
        return ports;
    }

    private static OptionalInt number(Pod pod, ServicePort port, String protocol) {
        IntOrString target = port.getTargetPort();
        if (target == null) {
            return OptionalInt.of(port.getPort());
        }
        if (target.getIntVal() != null) {
            return OptionalInt.of(target.getIntVal() == 0 ? port.getPort() : target.getIntVal());
        }
        return containers(pod)
                .flatMap(container -> container.getPorts().stream())
                .filter(offered -> target.getStrVal().equals(offered.getName()))
                .filter(offered -> protocol.equals(protocol(offered)))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst();
    }

    /** Those that run as long as the pod does: sidecars after the others. */
    private static Stream<Container> containers(Pod pod) {
        return Stream.concat(
                pod.getSpec().getContainers().stream(),
                pod.getSpec().getInitContainers().stream()
                        .filter(container -> "Always".equals(container.getRestartPolicy())));
    }

    private static String protocol(ContainerPort port) {
        return port.getProtocol() == null ? "TCP" : port.getProtocol();
    }
}
