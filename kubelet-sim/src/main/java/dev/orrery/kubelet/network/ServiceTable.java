package dev.orrery.kubelet.network;

import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.informer.Informers;
import dev.orrery.userland.network.Address;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Services and their endpoints, found by what a packet or a question carries. For any thread. */
final class ServiceTable {

    private static final String OWNER = "kubernetes.io/service-name";
    private static final String IPV4 = "IPv4";

    private static final Index<Service> BY_ADDRESS =
            new Index<>("address", ServiceTable::addresses);
    private static final Index<Service> BY_NODE_PORT =
            new Index<>("nodePort", ServiceTable::nodePorts);
    private static final Index<EndpointSlice> BY_SERVICE =
            new Index<>("service", ServiceTable::service);
    private static final Index<EndpointSlice> BY_ENDPOINT =
            new Index<>("endpoint", ServiceTable::endpoints);

    /** A port of a Service, and how the packet came to it. */
    record Front(Service service, ServicePort port, boolean fromOutside) {}

    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;

    /** Before the informers' start. */
    ServiceTable(Informers informers) {
        services = informers.of(Service.class);
        slices = informers.of(EndpointSlice.class);
        services.addIndex(BY_ADDRESS);
        services.addIndex(BY_NODE_PORT);
        slices.addIndex(BY_SERVICE);
        slices.addIndex(BY_ENDPOINT);
    }

    @Nullable Service named(String namespace, String name) {
        return services.get(namespace, name);
    }

    /** Null where it is no Service's address. */
    @Nullable Service at(String address) {
        return services.byIndex(BY_ADDRESS, address).stream().findFirst().orElse(null);
    }

    @Nullable Front front(Service service, String address, Protocol protocol, int port) {
        boolean inside = clusterAddresses(service).contains(address);
        return service.getSpec().getPorts().stream()
                .filter(each -> each.getPort() == port && protocol.is(each.getProtocol()))
                .findFirst()
                .map(each -> new Front(service, each, !inside))
                .orElse(null);
    }

    @Nullable Front atNodePort(Protocol protocol, int port) {
        for (Service service : services.byIndex(BY_NODE_PORT, Integer.toString(port))) {
            for (ServicePort each : service.getSpec().getPorts()) {
                if (Objects.equals(each.getNodePort(), port) && protocol.is(each.getProtocol())) {
                    return new Front(service, each, true);
                }
            }
        }
        return null;
    }

    /** In the order of their names, so that a seed decides which is chosen. */
    List<EndpointSlice> slices(Service service) {
        return slices
                .byIndex(BY_SERVICE, service.getMetadata().getNamespace() + "/" + name(service))
                .stream()
                .filter(slice -> IPV4.equals(slice.getAddressType()))
                .sorted((a, b) -> a.getMetadata().getName().compareTo(b.getMetadata().getName()))
                .toList();
    }

    /** Those that name the address as an endpoint. */
    Collection<EndpointSlice> withEndpoint(String address) {
        return slices.byIndex(BY_ENDPOINT, address);
    }

    /** Whether it is where the Service {@code kubernetes} leads to. */
    boolean isApiServer(Address address) {
        return withEndpoint(address.host()).stream()
                .filter(slice -> "default".equals(slice.getMetadata().getNamespace()))
                .filter(slice -> "kubernetes".equals(serviceName(slice)))
                .flatMap(slice -> slice.getPorts().stream())
                .anyMatch(port -> Objects.equals(port.getPort(), address.port()));
    }

    static List<String> clusterAddresses(Service service) {
        return service.getSpec().getClusterIPs().stream()
                .filter(each -> !each.isEmpty() && !each.equals("None"))
                .toList();
    }

    static boolean isHeadless(Service service) {
        return "None".equals(service.getSpec().getClusterIP());
    }

    static @Nullable String serviceName(EndpointSlice slice) {
        return slice.getMetadata().getLabels() == null
                ? null
                : slice.getMetadata().getLabels().get(OWNER);
    }

    private static Collection<String> addresses(Service service) {
        List<String> addresses = new ArrayList<>(clusterAddresses(service));
        addresses.addAll(service.getSpec().getExternalIPs());
        if (service.getStatus() != null && service.getStatus().getLoadBalancer() != null) {
            for (LoadBalancerIngress each : service.getStatus().getLoadBalancer().getIngress()) {
                if (each.getIp() != null) {
                    addresses.add(each.getIp());
                }
            }
        }
        return addresses;
    }

    private static Collection<String> nodePorts(Service service) {
        return service.getSpec().getPorts().stream()
                .map(ServicePort::getNodePort)
                .filter(port -> port != null && port > 0)
                .map(port -> Integer.toString(port))
                .distinct()
                .toList();
    }

    private static Collection<String> service(EndpointSlice slice) {
        String owner = serviceName(slice);
        return owner == null
                ? List.of()
                : List.of(slice.getMetadata().getNamespace() + "/" + owner);
    }

    private static Collection<String> endpoints(EndpointSlice slice) {
        return slice.getEndpoints().stream()
                .flatMap(each -> each.getAddresses().stream())
                .distinct()
                .toList();
    }

    private static String name(Service service) {
        return service.getMetadata().getName();
    }
}
