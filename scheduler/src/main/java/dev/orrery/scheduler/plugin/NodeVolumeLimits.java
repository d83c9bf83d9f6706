package dev.orrery.scheduler.plugin;

import dev.orrery.machinery.informer.Informer;
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
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.CSINodeDriver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a pod off nodes that would have more volumes of one driver than the driver can attach. */
public final class NodeVolumeLimits implements PreFilter, Filter {

    private final Claims claims;
    private final Informer<CSINode> drivers;
    private final Rejected tooMany = Status.unschedulable(this, "node(s) exceed max volume count");

    public NodeVolumeLimits(Claims claims, Informer<CSINode> drivers) {
        this.claims = claims;
        this.drivers = drivers;
    }

    @Override
    public Status preFilter(CycleState state, PodInfo pod) {
        return Claims.names(pod.pod()).isEmpty() ? Status.SKIP : Status.SUCCESS;
    }

    @Override
    public Status filter(CycleState state, PodInfo pod, NodeInfo node) {
        Map<String, Integer> limits = limits(drivers.get("", node.name()));
        if (limits.isEmpty()) {
            return Status.SUCCESS;
        }
        Map<String, Set<String>> attached = new HashMap<>();
        node.pods().forEach(each -> attach(each.pod(), attached));
        Map<String, Integer> before = new HashMap<>();
        attached.forEach((driver, volumes) -> before.put(driver, volumes.size()));
        attach(pod.pod(), attached);
        for (Map.Entry<String, Set<String>> each : attached.entrySet()) {
            int volumes = each.getValue().size();
            boolean more = volumes > before.getOrDefault(each.getKey(), 0);
            if (more && volumes > limits.getOrDefault(each.getKey(), Integer.MAX_VALUE)) {
                return tooMany;
            }
        }
        return Status.SUCCESS;
    }

    private static Map<String, Integer> limits(@Nullable CSINode node) {
        Map<String, Integer> limits = new HashMap<>();
        if (node != null && node.getSpec() != null) {
            for (CSINodeDriver driver : node.getSpec().getDrivers()) {
                if (driver.getAllocatable() != null && driver.getAllocatable().getCount() != null) {
                    limits.put(driver.getName(), driver.getAllocatable().getCount());
                }
            }
        }
        return limits;
    }

    /** A claim without a volume counts as the one that it will get. */
    private void attach(Pod pod, Map<String, Set<String>> attached) {
        for (PersistentVolumeClaim claim : claims.present(pod)) {
            PersistentVolume volume = claims.volumeOf(claim);
            String driver;
            String handle;
            if (volume == null) {
                driver = claims.provisioner(claim);
                handle = claim.getMetadata().getUid();
            } else if (volume.getSpec().getCsi() != null) {
                driver = volume.getSpec().getCsi().getDriver();
                handle = volume.getSpec().getCsi().getVolumeHandle();
            } else {
                continue;
            }
            attached.computeIfAbsent(driver, any -> new HashSet<>()).add(handle);
        }
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.PodGone gone -> !Claims.names(gone.pod().pod()).isEmpty();
            case ClusterEvent.ObjectChanged(var object) ->
                    object instanceof CSINode || object instanceof PersistentVolumeClaim;
            case ClusterEvent.NodeChanged changed -> changed.isAny(NodeChange.ADDED);
            default -> false;
        };
    }
}
