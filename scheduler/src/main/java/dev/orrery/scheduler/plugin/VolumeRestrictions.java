package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.Cluster;
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
import dev.orrery.scheduler.volume.Disks;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a pod off nodes that have its disk mounted already, and from running at all while another
 * has a claim that is for one pod at a time.
 */
public final class VolumeRestrictions implements PreFilter, Filter {

    private final Cluster cluster;
    private final Claims claims;
    private final Rejected diskTaken = Status.unschedulable(this, "node(s) had no available disk");
    private final Rejected claimTaken =
            Status.unschedulable(
                    this,
                    "node has pod using PersistentVolumeClaim with the same name and"
                            + " ReadWriteOncePod access mode");

    public VolumeRestrictions(Cluster cluster, Claims claims) {
        this.cluster = cluster;
        this.claims = claims;
    }

    /**
     * @param exclusive claims of the pod that only one may have
     * @param holders uids of the pods that have one
     */
    private record Taken(Set<String> exclusive, Set<String> holders) implements CycleState.Memory {

        @Override
        public Taken copy() {
            return new Taken(exclusive, new HashSet<>(holders));
        }
    }

    @Override
    public Status preFilter(CycleState state, PodInfo pod) {
        Set<String> exclusive = new HashSet<>();
        for (PersistentVolumeClaim claim : claims.present(pod.pod())) {
            if (claim.getSpec().getAccessModes().contains("ReadWriteOncePod")) {
                exclusive.add(claim.getMetadata().getName());
            }
        }
        if (exclusive.isEmpty() && !Disks.uses(pod.pod())) {
            return Status.SKIP;
        }
        Taken taken = new Taken(exclusive, new HashSet<>());
        if (!exclusive.isEmpty()) {
            cluster.nodes().forEach(node -> node.pods().forEach(other -> hold(taken, pod, other)));
        }
        state.remember(this, taken);
        return Status.SUCCESS;
    }

    private static void hold(Taken taken, PodInfo pod, PodInfo other) {
        if (other.namespace().equals(pod.namespace())
                && !other.pod().getSpec().getVolumes().isEmpty()
                && !Collections.disjoint(Claims.names(other.pod()), taken.exclusive())) {
            taken.holders().add(other.uid());
        }
    }

    @Override
    public void podAdded(CycleState state, PodInfo pod, PodInfo added, NodeInfo node) {
        Taken taken = state.recall(this, Taken.class);
        if (taken != null) {
            hold(taken, pod, added);
        }
    }

    @Override
    public void podRemoved(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node) {
        Taken taken = state.recall(this, Taken.class);
        if (taken != null) {
            taken.holders().remove(removed.uid());
        }
    }

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        if (Disks.uses(pod.pod())) {
            for (PodInfo other : node.pods()) {
                if (Disks.conflict(pod.pod(), other.pod())) {
                    return diskTaken;
                }
            }
        }
        Taken taken = state.recall(this, Taken.class);
        return taken == null || taken.holders().isEmpty() ? Status.SUCCESS : claimTaken;
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.PodGone gone ->
                    Disks.conflict(pod.pod(), gone.pod().pod())
                            || (gone.pod().namespace().equals(pod.namespace())
                                    && !Collections.disjoint(
                                            Claims.names(pod.pod()),
                                            Claims.names(gone.pod().pod())));
            case ClusterEvent.NodeChanged changed -> changed.isAny(NodeChange.ADDED);
            case ClusterEvent.ObjectChanged(var object) -> object instanceof PersistentVolumeClaim;
            default -> false;
        };
    }
}
