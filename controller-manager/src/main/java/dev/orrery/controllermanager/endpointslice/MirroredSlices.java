package dev.orrery.controllermanager.endpointslice;

import dev.orrery.controllermanager.service.Backend;
import dev.orrery.controllermanager.service.TriggerTimes;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the slices should hold that mirror Endpoints which a user keeps by hand. */
final class MirroredSlices {

    static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

    /** Of each subset, so that each is one slice. */
    static final int MOST_ADDRESSES = 1000;

    private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Map<SliceGroup.Form, List<Endpoint>> groups = new LinkedHashMap<>();
    private int skipped;

    MirroredSlices(Endpoints endpoints) {
        endpoints.getSubsets().forEach(this::add);
    }

    static boolean areWanted(Endpoints endpoints) {
        Map<String, String> labels = endpoints.getMetadata().getLabels();
        Map<String, String> annotations = endpoints.getMetadata().getAnnotations();
        boolean skipped = labels != null && "true".equals(labels.get(SliceLabels.SKIP_MIRROR));
        return !skipped && (annotations == null || !annotations.containsKey(LEADER));
    }

    static SliceTemplate template(Endpoints endpoints) {
        Map<String, String> annotations = new HashMap<>();
        if (endpoints.getMetadata().getAnnotations() != null) {
            annotations.putAll(endpoints.getMetadata().getAnnotations());
        }
        annotations.remove(TriggerTimes.ANNOTATION);
        annotations.remove(LAST_APPLIED);
        return new SliceTemplate(
                endpoints, SliceLabels.of(endpoints, MANAGER), annotations, true, MOST_ADDRESSES);
    }

    Collection<SliceGroup> groups() {
        return groups.entrySet().stream()
                .map(entry -> new SliceGroup(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** How many addresses are more than their subset may have. */
    int skipped() {
        return skipped;
    }

    private void add(EndpointSubset subset) {
        List<EndpointPort> ports = ports(subset);
        List<Endpoint> all = new ArrayList<>();
        subset.getAddresses().forEach(address -> all.add(endpoint(address, true)));
        subset.getNotReadyAddresses().forEach(address -> all.add(endpoint(address, false)));
        skipped += Math.max(0, all.size() - MOST_ADDRESSES);
        for (Endpoint endpoint : all.subList(0, Math.min(all.size(), MOST_ADDRESSES))) {
            String family = Backend.familyOf(endpoint.getAddresses().getFirst());
            groups.computeIfAbsent(new SliceGroup.Form(family, ports), _ -> new ArrayList<>())
                    .add(endpoint);
        }
    }

    private static List<EndpointPort> ports(EndpointSubset subset) {
        return subset.getPorts().stream()
                .map(port ->
                        new EndpointPortBuilder()
                                .withName(port.getName() == null ? "" : port.getName())
                                .withPort(port.getPort())
                                .withProtocol(port.getProtocol())
                                .withAppProtocol(port.getAppProtocol())
                                .build())
                .toList();
    }

    private static Endpoint endpoint(EndpointAddress address, boolean ready) {
        return new EndpointBuilder()
                .withAddresses(address.getIp())
                .withNewConditions()
                .withReady(ready)
                .endConditions()
                .withHostname(address.getHostname())
                .withNodeName(address.getNodeName())
                .withTargetRef(address.getTargetRef())
                .build();
    }
}
