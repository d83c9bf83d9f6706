package dev.orrery.controllermanager.endpoints;

import dev.orrery.controllermanager.service.Backend;
import dev.orrery.controllermanager.service.Backends;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The addresses of a Service's pods: those that are reached on the same ports share a subset. */
final class Subsets {

    private final Service service;
    private final String family;

    private Subsets(Service service) {
        this.service = service;
        List<String> families = service.getSpec().getIpFamilies();
        this.family = families == null || families.isEmpty() ? Backend.IPV4 : families.getFirst();
    }

    static List<EndpointSubset> of(Service service, Collection<Backend> backends) {
        return new Subsets(service).of(backends);
    }

    private List<EndpointSubset> of(Collection<Backend> backends) {
        Map<List<Backend.Port>, List<Backend>> byPorts = new LinkedHashMap<>();
        backends.stream()
                .filter(this::counts)
                .sorted(Comparator.comparing(this::address))
                .forEach(backend ->
                        byPorts.computeIfAbsent(backend.ports(), _ -> new ArrayList<>())
                                .add(backend));
        return byPorts.entrySet().stream()
                .map(entry -> subset(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Object::toString))
                .toList();
    }

    /** On its way out only where asked for; without ports only where the Service has none. */
    private boolean counts(Backend backend) {
        boolean stays = !backend.terminating() || Backend.publishesNotReady(service);
        boolean needsNone = Backends.isHeadless(service) && !Backends.hasPorts(service);
        return stays
                && (needsNone || !backend.ports().isEmpty())
                && !backend.addresses(family).isEmpty();
    }

    private EndpointSubset subset(List<Backend.Port> ports, List<Backend> backends) {
        Predicate<Backend> ready =
                backend -> backend.serving() || Backend.publishesNotReady(service);
        return new EndpointSubsetBuilder()
                .withAddresses(addresses(backends, ready))
                .withNotReadyAddresses(addresses(backends, ready.negate()))
                .withPorts(ports.stream().map(Subsets::port).toList())
                .build();
    }

    private List<EndpointAddress> addresses(List<Backend> backends, Predicate<Backend> which) {
        return backends.stream().filter(which).map(this::endpoint).toList();
    }

    private String address(Backend backend) {
        return backend.addresses(family).getFirst();
    }

    private EndpointAddress endpoint(Backend backend) {
        return new EndpointAddressBuilder()
                .withIp(address(backend))
                .withHostname(backend.hostname())
                .withNodeName(backend.pod().getSpec().getNodeName())
                .withNewTargetRef()
                .withKind("Pod")
                .withNamespace(backend.pod().getMetadata().getNamespace())
                .withName(backend.pod().getMetadata().getName())
                .withUid(backend.pod().getMetadata().getUid())
                .endTargetRef()
                .build();
    }

    private static EndpointPort port(Backend.Port port) {
        return new EndpointPortBuilder()
                .withName(port.name().isEmpty() ? null : port.name())
                .withPort(port.number())
                .withProtocol(port.protocol())
                .withAppProtocol(port.appProtocol())
                .build();
    }
}
