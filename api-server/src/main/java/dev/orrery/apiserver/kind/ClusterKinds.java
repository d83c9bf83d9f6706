package dev.orrery.apiserver.kind;

import static dev.orrery.apiserver.kind.Trait.CONDITIONAL_UPDATE_ONLY;
import static dev.orrery.apiserver.kind.Trait.CREATE_ON_UPDATE;
import static dev.orrery.apiserver.kind.Trait.GENERATION;
import static dev.orrery.apiserver.kind.Trait.RETURNS_DELETED;

import dev.orrery.machinery.log.GroupResource;
import java.util.List;
import java.util.stream.Stream;

/** Network, storage, nodes and devices, and how the parts of the cluster agree. */
final class ClusterKinds {

    private static final String NETWORKING = "networking.k8s.io";
    private static final String STORAGE = "storage.k8s.io";
    private static final String RESOURCE = "resource.k8s.io";

    private ClusterKinds() {}

    static List<Row> rows() {
        return Stream.of(coordination(), networking(), storage(), devices())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> coordination() {
        return List.of(
                Row.of("coordination.k8s.io", "Lease", "leases")
                        .traits(CREATE_ON_UPDATE, CONDITIONAL_UPDATE_ONLY),
                Row.of("discovery.k8s.io", "EndpointSlice", "endpointslices").traits(GENERATION),
                Row.of("events.k8s.io", "Event", "events")
                        .shortNames("ev")
                        .storedAs(new GroupResource("", "events"), new EventsV1())
                        .traits(CREATE_ON_UPDATE),
                Row.of("node.k8s.io", "RuntimeClass", "runtimeclasses")
                        .cluster()
                        .traits(CONDITIONAL_UPDATE_ONLY));
    }

    private static List<Row> networking() {
        return List.of(
                Row.of(NETWORKING, "Ingress", "ingresses")
                        .shortNames("ing")
                        .traits(GENERATION)
                        .status(),
                Row.of(NETWORKING, "IngressClass", "ingressclasses").cluster().traits(GENERATION),
                Row.of(NETWORKING, "IPAddress", "ipaddresses").shortNames("ip").cluster(),
                Row.of(NETWORKING, "NetworkPolicy", "networkpolicies")
                        .shortNames("netpol")
                        .traits(GENERATION),
                Row.of(NETWORKING, "ServiceCIDR", "servicecidrs").cluster().status());
    }

    private static List<Row> storage() {
        return List.of(
                storage("CSIDriver", "csidrivers").cluster().traits(CONDITIONAL_UPDATE_ONLY),
                storage("CSINode", "csinodes").cluster().traits(CONDITIONAL_UPDATE_ONLY),
                storage("CSIStorageCapacity", "csistoragecapacities")
                        .traits(CONDITIONAL_UPDATE_ONLY),
                storage("StorageClass", "storageclasses").shortNames("sc").cluster(),
                storage("VolumeAttachment", "volumeattachments")
                        .cluster()
                        .traits(CONDITIONAL_UPDATE_ONLY)
                        .status(),
                storage("VolumeAttributesClass", "volumeattributesclasses")
                        .shortNames("vac")
                        .cluster());
    }

    private static Row storage(String kind, String plural) {
        return Row.of(STORAGE, kind, plural).traits(RETURNS_DELETED);
    }

    private static List<Row> devices() {
        return List.of(
                Row.of(RESOURCE, "DeviceClass", "deviceclasses")
                        .cluster()
                        .traits(GENERATION, RETURNS_DELETED),
                Row.of(RESOURCE, "ResourceClaim", "resourceclaims")
                        .traits(RETURNS_DELETED)
                        .status(),
                Row.of(RESOURCE, "ResourceClaimTemplate", "resourceclaimtemplates")
                        .traits(RETURNS_DELETED),
                Row.of(RESOURCE, "ResourceSlice", "resourceslices")
                        .cluster()
                        .traits(GENERATION, RETURNS_DELETED));
    }
}
