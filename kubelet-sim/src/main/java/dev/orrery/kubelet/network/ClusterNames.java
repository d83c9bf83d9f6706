package dev.orrery.kubelet.network;

import dev.orrery.userland.network.Lookup;
import dev.orrery.userland.network.NameRecord;
import dev.orrery.userland.network.RecordType;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers names of the cluster's domain as its DNS does.
 *
 * @see <a href="https://github.com/kubernetes/dns/blob/master/docs/specification.md">the
 *     specification</a>
 */
final class ClusterNames {

    static final String SERVER = "10.96.0.10";
    static final String DOMAIN = "cluster.local";

    private static final String REVERSE = ".in-addr.arpa";
    private static final int TTL_SECONDS = 30;
    private static final int SHORT_TTL_SECONDS = 5;
    private static final int MOST_ALIASES = 8;

    private final ServiceTable services;

    ClusterNames(ServiceTable services) {
        this.services = services;
    }

    /**
     * @param name in full
     */
    Lookup lookup(String name, RecordType type) {
        return lookup(name.toLowerCase(Locale.ROOT), type, MOST_ALIASES);
    }

    private Lookup lookup(String name, RecordType type, int aliases) {
        if (name.endsWith(REVERSE)) {
            return reverse(name, type);
        }
        if (name.equals(DOMAIN)) {
            return Lookup.NO_DATA;
        }
        if (!name.endsWith("." + DOMAIN)) {
            return Lookup.SERVFAIL; // there is nobody whom it could be asked of
        }
        String inside = name.substring(0, name.length() - DOMAIN.length() - 1);
        List<String> labels = List.of(inside.split("\\."));
        return switch (labels.getLast()) {
            case "svc" -> service(name, labels.subList(0, labels.size() - 1), type, aliases);
            case "pod" -> pod(name, labels, type);
            case "dns-version" -> one(name, type, RecordType.TXT, "\"1.1.0\"");
            default -> Lookup.NXDOMAIN;
        };
    }

    /** {@code 10-244-0-5.NAMESPACE.pod}: any address, whether or not there is such a pod. */
    private static Lookup pod(String name, List<String> labels, RecordType type) {
        String address = labels.getFirst().replace('-', '.');
        return labels.size() == 3 && address.matches("(\\d{1,3}\\.){3}\\d{1,3}")
                ? one(name, type, RecordType.A, address)
                : Lookup.NXDOMAIN;
    }

    /**
     * @param labels SERVICE.NAMESPACE, ENDPOINT.SERVICE.NAMESPACE or
     *     _PORT._PROTOCOL.SERVICE.NAMESPACE
     */
    private Lookup service(String name, List<String> labels, RecordType type, int aliases) {
        int count = labels.size();
        Service service =
                count < 2 ? null : services.named(labels.get(count - 1), labels.get(count - 2));
        if (service == null || count > 4) {
            return Lookup.NXDOMAIN;
        }
        if ("ExternalName".equals(service.getSpec().getType())) {
            return count == 2 ? alias(name, service, type, aliases) : Lookup.NXDOMAIN;
        }
        return switch (count) {
            case 2 -> ofService(name, service, type);
            case 3 -> ofEndpoint(name, service, labels.getFirst(), type);
            default -> ofPort(name, service, labels.get(0), labels.get(1), type);
        };
    }

    private Lookup alias(String name, Service service, RecordType type, int aliases) {
        String target = Objects.requireNonNullElse(service.getSpec().getExternalName(), "");
        String plain = target.endsWith(".") ? target.substring(0, target.length() - 1) : target;
        List<NameRecord> answers = new ArrayList<>();
        answers.add(record(name, SHORT_TTL_SECONDS, RecordType.CNAME, plain + "."));
        if (type != RecordType.CNAME && aliases > 0) {
            answers.addAll(lookup(plain, type, aliases - 1).answers());
        }
        return Lookup.of(answers);
    }

    private Lookup ofService(String name, Service service, RecordType type) {
        List<String> addresses = ServiceTable.clusterAddresses(service);
        if (!ServiceTable.isHeadless(service)) {
            return switch (type) {
                case A, ANY -> records(name, RecordType.A, addresses);
                case SRV ->
                        records(
                                name,
                                RecordType.SRV,
                                service.getSpec().getPorts().stream()
                                        .map(port -> srv(port.getPort(), name))
                                        .toList());
                default -> Lookup.NO_DATA;
            };
        }
        List<Named> endpoints = endpoints(service).toList();
        if (endpoints.isEmpty()) {
            return Lookup.NXDOMAIN;
        }
        return switch (type) {
            case A, ANY ->
                    records(
                            name,
                            RecordType.A,
                            endpoints.stream().map(Named::address).distinct().toList());
            case SRV -> srv(name, service, endpoints, null, null);
            default -> Lookup.NO_DATA;
        };
    }

    /** An endpoint's own name: its hostname, or its address with dashes. */
    private Lookup ofEndpoint(String name, Service service, String label, RecordType type) {
        if (!ServiceTable.isHeadless(service)) {
            return Lookup.NXDOMAIN;
        }
        List<String> addresses =
                endpoints(service)
                        .filter(each -> each.label().equals(label))
                        .map(Named::address)
                        .distinct()
                        .toList();
        if (addresses.isEmpty()) {
            return Lookup.NXDOMAIN;
        }
        return type == RecordType.A || type == RecordType.ANY
                ? records(name, RecordType.A, addresses)
                : Lookup.NO_DATA;
    }

    private Lookup ofPort(
            String name, Service service, String port, String protocol, RecordType type) {
        if (!port.startsWith("_") || !protocol.startsWith("_")) {
            return Lookup.NXDOMAIN;
        }
        String plainPort = port.substring(1);
        String plainProtocol = protocol.substring(1);
        String base = serviceName(service);
        Lookup found =
                ServiceTable.isHeadless(service)
                        ? srv(name, service, endpoints(service).toList(), plainPort, plainProtocol)
                        : records(
                                name,
                                RecordType.SRV,
                                service.getSpec().getPorts().stream()
                                        .filter(each -> is(each, plainPort, plainProtocol))
                                        .map(each -> srv(each.getPort(), base))
                                        .toList());
        if (found.answers().isEmpty()) {
            return Lookup.NXDOMAIN;
        }
        return type == RecordType.SRV || type == RecordType.ANY ? found : Lookup.NO_DATA;
    }

    private static Lookup srv(
            String name,
            Service service,
            List<Named> endpoints,
            @Nullable String port,
            @Nullable String protocol) {
        List<String> data = new ArrayList<>();
        for (Named endpoint : endpoints) {
            for (EndpointPort each : endpoint.ports()) {
                if (each.getPort() != null
                        && (port == null || port.equals(each.getName()))
                        && (protocol == null || protocol.equalsIgnoreCase(each.getProtocol()))) {
                    data.add(srv(each.getPort(), endpoint.label() + "." + serviceName(service)));
                }
            }
        }
        return records(name, RecordType.SRV, data.stream().distinct().toList());
    }

    private static boolean is(ServicePort port, String name, String protocol) {
        return name.equals(port.getName())
                && protocol.equalsIgnoreCase(Objects.requireNonNullElse(port.getProtocol(), "TCP"));
    }

    private static String srv(int port, String target) {
        return "0 100 " + port + " " + target + ".";
    }

    private Lookup reverse(String name, RecordType type) {
        String[] parts = name.substring(0, name.length() - REVERSE.length()).split("\\.");
        if (parts.length != 4) {
            return Lookup.NXDOMAIN;
        }
        String address = parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0];
        Service service = services.at(address);
        if (service != null) {
            return one(name, type, RecordType.PTR, serviceName(service) + ".");
        }
        List<String> found = new ArrayList<>();
        for (EndpointSlice slice : services.withEndpoint(address)) {
            String owner = ServiceTable.serviceName(slice);
            Service named =
                    owner == null
                            ? null
                            : services.named(slice.getMetadata().getNamespace(), owner);
            for (Endpoint endpoint : slice.getEndpoints()) {
                if (named != null
                        && ServiceTable.isHeadless(named)
                        && endpoint.getAddresses().contains(address)) {
                    found.add(label(endpoint) + "." + serviceName(named) + ".");
                }
            }
        }
        if (found.isEmpty()) {
            return Lookup.NXDOMAIN;
        }
        return type == RecordType.PTR || type == RecordType.ANY
                ? records(name, RecordType.PTR, found.stream().distinct().toList())
                : Lookup.NO_DATA;
    }

    /** An endpoint that is ready, with the ports of its slice. */
    private record Named(String label, String address, List<EndpointPort> ports) {}

    private Stream<Named> endpoints(Service service) {
        return services.slices(service).stream()
                .flatMap(slice ->
                        slice.getEndpoints().stream()
                                .filter(Balancer::isReady)
                                .filter(each -> !each.getAddresses().isEmpty())
                                .map(each ->
                                        new Named(
                                                label(each),
                                                each.getAddresses().getFirst(),
                                                slice.getPorts())));
    }

    private static String label(Endpoint endpoint) {
        String hostname = endpoint.getHostname();
        return hostname == null || hostname.isEmpty()
                ? endpoint.getAddresses().getFirst().replace('.', '-')
                : hostname;
    }

    private static String serviceName(Service service) {
        return service.getMetadata().getName()
                + "."
                + service.getMetadata().getNamespace()
                + ".svc."
                + DOMAIN;
    }

    private static Lookup one(String name, RecordType type, RecordType held, String data) {
        return type == held || type == RecordType.ANY
                ? records(name, held, List.of(data))
                : Lookup.NO_DATA;
    }

    private static Lookup records(String name, RecordType type, List<String> data) {
        return Lookup.of(data.stream().map(each -> record(name, TTL_SECONDS, type, each)).toList());
    }

    private static NameRecord record(String name, int ttl, RecordType type, String data) {
        return new NameRecord(name, ttl, type, data);
    }
}
