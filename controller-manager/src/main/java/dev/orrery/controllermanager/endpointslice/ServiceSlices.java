package dev.orrery.controllermanager.endpointslice;

import dev.orrery.controllermanager.service.Backend;
import dev.orrery.controllermanager.service.Backends;
import dev.orrery.controllermanager.service.TriggerTimes;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a Service's slices should hold. */
final class ServiceSlices {

    static final String MANAGER = "endpointslice-controller.k8s.io";
    private static final String ZONE = "topology.kubernetes.io/zone";

    /** Kubernetes' own bound; larger slices make each change dearer. */
    static final int MOST_ENDPOINTS = 100;

    private final Service service;
    private final Function<String, @Nullable Node> nodes;
    private final Map<SliceGroup.Form, List<Endpoint>> groups = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();

    /**
     * @param nodes by name
     */
    ServiceSlices(
            Service service, Collection<Backend> backends, Function<String, @Nullable Node> nodes) {
        this.service = service;
        this.nodes = nodes;
        backends.forEach(this::add);
    }

    static SliceTemplate template(Service service, @Nullable Instant trigger) {
        Map<String, String> labels = SliceLabels.of(service, MANAGER);
        labels.remove(SliceLabels.HEADLESS);
        if (Backends.isHeadless(service)) {
            labels.put(SliceLabels.HEADLESS, "");
        }
        Map<String, String> annotations =
                trigger == null ? Map.of() : Map.of(TriggerTimes.ANNOTATION, trigger.toString());
        return new SliceTemplate(service, labels, annotations, false, MOST_ENDPOINTS);
    }

    static Set<String> families(Service service) {
        List<String> families = service.getSpec().getIpFamilies();
        return families == null || families.isEmpty()
                ? Set.of(Backend.IPV4)
                : new LinkedHashSet<>(families);
    }

    Collection<SliceGroup> groups() {
        return groups.entrySet().stream()
                .map(entry -> new SliceGroup(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The pods that were left out as their nodes are not known, or not yet. */
    List<String> lost() {
        return List.copyOf(lost);
    }

    private void add(Backend backend) {
        String nodeName = backend.pod().getSpec().getNodeName();
        Node node = nodeName == null ? null : nodes.apply(nodeName);
        if (node == null && !Backend.publishesNotReady(service)) {
            lost.add(backend.pod().getMetadata().getName());
            return;
        }
        List<EndpointPort> ports = backend.ports().stream().map(ServiceSlices::port).toList();
        for (String family : families(service)) {
            List<String> addresses = backend.addresses(family);
            if (!addresses.isEmpty()) {
                groups.computeIfAbsent(new SliceGroup.Form(family, ports), _ -> new ArrayList<>())
                        .add(endpoint(backend, addresses, zone(node)));
            }
        }
    }

    private static EndpointPort port(Backend.Port port) {
        return new EndpointPortBuilder()
                .withName(port.name())
                .withPort(port.number())
                .withProtocol(port.protocol())
                .withAppProtocol(port.appProtocol())
                .build();
    }

    private Endpoint endpoint(Backend backend, List<String> addresses, @Nullable String zone) {
        String nodeName = backend.pod().getSpec().getNodeName();
        boolean ready = backend.ready(service);
        return new EndpointBuilder()
                .withAddresses(addresses)
                .withNewConditions()
                .withReady(ready)
                .withServing(backend.serving())
                .withTerminating(backend.terminating())
                .endConditions()
                .withHints(ready ? Hints.of(service, zone, nodeName) : null)
                .withHostname(backend.hostname())
                .withNodeName(nodeName)
                .withZone(zone)
                .withNewTargetRef()
                .withKind("Pod")
                .withNamespace(backend.pod().getMetadata().getNamespace())
                .withName(backend.pod().getMetadata().getName())
                .withUid(backend.pod().getMetadata().getUid())
                .endTargetRef()
                .build();
    }

    private static @Nullable String zone(@Nullable Node node) {
        return node == null || node.getMetadata().getLabels() == null
                ? null
                : node.getMetadata().getLabels().get(ZONE);
    }
}
