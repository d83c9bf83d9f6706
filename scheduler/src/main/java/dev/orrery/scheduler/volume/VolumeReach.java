package dev.orrery.scheduler.volume;

import dev.orrery.machinery.selector.NodeAffinityRules;
import dev.orrery.machinery.selector.NodeTerm;
import dev.orrery.scheduler.cluster.NodeInfo;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From which nodes a pod's volumes can be reached, worked out once for all nodes.
 *
 * @param lost some volume does not exist any more
 * @param affinities of those volumes that are not everywhere: each must hold
 */
public record VolumeReach(boolean lost, List<List<NodeTerm>> affinities) {

    private static final String LOST =
            "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";

    private static final String ELSEWHERE = "node(s) didn't match PersistentVolume's node affinity";

    /**
     * @param volumes null for each that does not exist
     */
    static VolumeReach of(Iterable<? extends @Nullable PersistentVolume> volumes) {
        boolean lost = false;
        List<List<NodeTerm>> affinities = new ArrayList<>();
        for (PersistentVolume volume : volumes) {
            if (volume == null) {
                lost = true;
            } else if (volume.getSpec().getNodeAffinity() != null
                    && volume.getSpec().getNodeAffinity().getRequired() != null) {
                var required = volume.getSpec().getNodeAffinity().getRequired();
                affinities.add(NodeTerm.of(required.getNodeSelectorTerms()));
            }
        }
        return new VolumeReach(lost, affinities);
    }

    /** Why the node cannot reach them all; empty if it can. */
    public List<String> obstacles(NodeInfo node) {
        if (!lost && affinities.isEmpty()) {
            return List.of();
        }
        List<String> obstacles = new ArrayList<>();
        for (List<NodeTerm> terms : affinities) {
            if (!NodeAffinityRules.holdsAny(terms, node.name(), node.labels())) {
                obstacles.add(ELSEWHERE);
                break;
            }
        }
        if (lost) {
            obstacles.add(LOST);
        }
        return obstacles;
    }
}
