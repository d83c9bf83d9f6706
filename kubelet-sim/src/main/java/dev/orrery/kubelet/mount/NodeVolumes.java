package dev.orrery.kubelet.mount;

import dev.orrery.kubelet.environment.PodFields;
import dev.orrery.kubelet.environment.ResourceFields;
import dev.orrery.kubelet.storage.Attachments;
import dev.orrery.kubelet.storage.VolumeStore;
import dev.orrery.kubelet.volume.ClusterObjects;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The volumes of one node's pods. For any thread. */
public final class NodeVolumes {

    /** Disks of single pods are named after their uids. */
    public static final String PODS = "pods/";

    /** Disks of PersistentVolumes are named after their uids. */
    public static final String CLAIMED = ClaimedDisks.PREFIX;

    private final ClusterObjects objects;
    private final ResourceFields resources;
    private final InstantSource clock;
    private final VolumeStore store;
    private final HostPaths host;
    private final ClaimedDisks disks;
    private final Sources sources;
    private final Images images;

    /** What the nodes of one process share. */
    public record Shared(
            VolumeStore store, Attachments attachments, SharedBytes bytes, Images images) {}

    public NodeVolumes(
            String nodeName,
            Shared shared,
            ClusterObjects objects,
            ResourceFields resources,
            StoreClient client,
            InstantSource clock) {
        this.objects = objects;
        this.resources = resources;
        this.clock = clock;
        this.store = shared.store();
        this.images = shared.images();
        this.host = new HostPaths(store, nodeName);
        this.disks = new ClaimedDisks(objects, store, shared.attachments(), host, nodeName);
        this.sources = new Sources(objects, resources, shared.bytes(), new Tokens(client), clock);
    }

    /**
     * Attaches and mounts what a pod needs, as far as that can fail.
     *
     * @return what keeps volumes from being mounted yet; empty where all are
     */
    public List<Obstacle> mount(Pod pod) {
        return new Obstacles(objects, disks, host, images).of(pod);
    }

    /** The volumes of a pod whose volumes are mounted. */
    public PodVolumes of(PodFields pod) {
        return new PodVolumes(this, pod);
    }

    FileSource[] sources(Pod pod, Volume volume, Supplier<PodFields> fields) {
        return sources.of(pod, volume, fields);
    }

    VolumeStore store() {
        return store;
    }

    HostPaths host() {
        return host;
    }

    Images images() {
        return images;
    }

    ClaimedDisks disks() {
        return disks;
    }

    InstantSource clock() {
        return clock;
    }

    /** What files in memory may take of a pod: the limits of its containers, or the node's all. */
    long memoryBytes(Pod pod) {
        long sum = 0;
        for (Container container : pod.getSpec().getContainers()) {
            long limit = limit(container);
            if (limit == 0) {
                return nodeMemory();
            }
            sum += limit;
        }
        return sum;
    }

    private static long limit(Container container) {
        Map<String, Quantity> limits =
                container.getResources() == null ? null : container.getResources().getLimits();
        Quantity memory = limits == null ? null : limits.get("memory");
        return memory == null ? 0 : memory.getNumericalAmount().longValue();
    }

    private long nodeMemory() {
        Quantity memory = resources.allocatable().get("memory");
        return memory == null ? HostPaths.DISK_BYTES : memory.getNumericalAmount().longValue();
    }
}
