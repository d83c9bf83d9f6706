package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.ClusterEvent.NodeChange;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Filter;
import dev.orrery.scheduler.framework.PreFilter;
import dev.orrery.scheduler.framework.Status;
import dev.orrery.scheduler.framework.Status.Rejected;
import dev.orrery.scheduler.volume.Claims;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings a pod into the zone that the labels of its volumes name. */
public final class VolumeZone implements PreFilter, Filter {

    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String REGION = "topology.kubernetes.io/region";

    /** Labels of volumes, and the node's label that each must agree with. */
    private static final Map<String, String> PLACES =
            Map.of(
                    ZONE,
                    ZONE,
                    REGION,
                    REGION,
                    "failure-domain.beta.kubernetes.io/zone",
                    ZONE,
                    "failure-domain.beta.kubernetes.io/region",
                    REGION);

    private final Claims claims;
    private final Rejected elsewhere =
            Status.unresolvable(this, "node(s) had no available volume zone");

    public VolumeZone(Claims claims) {
        this.claims = claims;
    }

    /**
     * @param label of a node, with one of these values
     */
    private record Place(String label, Set<String> values) {}

    private record Places(List<Place> all) implements CycleState.Memory {

        @Override
        public Places copy() {
            return this;
        }
    }

    @Override
    public Status preFilter(CycleState state, PodInfo pod) {
        List<Place> places = new ArrayList<>();
        for (PersistentVolumeClaim claim : claims.present(pod.pod())) {
            PersistentVolume volume = claims.volumeOf(claim);
            if (volume != null) {
                places.addAll(places(volume));
            }
        }
        if (places.isEmpty()) {
            return Status.SKIP;
        }
        state.remember(this, new Places(places));
        return Status.SUCCESS;
    }

    /** A volume in several zones names them all: {@code a__b}. */
    private static List<Place> places(PersistentVolume volume) {
        Map<String, String> labels = volume.getMetadata().getLabels();
        List<Place> places = new ArrayList<>();
        PLACES.forEach((label, ofNode) -> {
            String value = labels == null ? null : labels.get(label);
            if (value != null) {
                places.add(new Place(ofNode, Set.of(value.split("__"))));
            }
        });
        return places;
    }

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        Places places = state.recall(this, Places.class);
        if (places != null && isPlaced(node)) {
            for (Place place : places.all()) {
                if (!place.values().contains(node.labels().getOrDefault(place.label(), ""))) {
                    return elsewhere;
                }
            }
        }
        return Status.SUCCESS;
    }

    /** A node that is nowhere is everywhere. */
    private static boolean isPlaced(NodeInfo node) {
        return node.labels().containsKey(ZONE) || node.labels().containsKey(REGION);
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.ObjectChanged(var object) ->
                    object instanceof PersistentVolumeClaim
                            || object instanceof PersistentVolume
                            || object instanceof StorageClass;
            case ClusterEvent.NodeChanged changed -> changed.isAny(NodeChange.LABELS);
            default -> false;
        };
    }
}
