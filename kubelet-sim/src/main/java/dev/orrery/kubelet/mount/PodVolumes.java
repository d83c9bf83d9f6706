package dev.orrery.kubelet.mount;

import dev.orrery.kubelet.environment.PodFields;
import dev.orrery.kubelet.storage.Form;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of one pod, from when they are mounted until the pod is over. Each is made when a
 * container that mounts it is first looked into. For any thread.
 */
public final class PodVolumes {

    private static final int FOR_ALL = 0777;
    private static final int TMPFS = 01777;

    private final NodeVolumes node;
    private final Map<String, FileSource[]> sources = new HashMap<>();
    private final Map<String, Node> made = new HashMap<>();
    private final Set<String> disks = new HashSet<>();
    private volatile PodFields pod;

    PodVolumes(NodeVolumes node, PodFields pod) {
        this.node = node;
        this.pod = pod;
        for (Volume volume : pod.pod().getSpec().getVolumes()) {
            PersistentVolume disk = node.disks().disk(pod.pod(), volume);
            if (disk != null) {
                disks.add(ClaimedDisks.uid(disk));
            }
            FileSource[] files = node.sources(pod.pod(), volume, () -> this.pod);
            if (files.length > 0) {
                sources.put(volume.getName(), files);
            }
        }
    }

    /** A newer version of the pod, or its address. */
    public void podChanged(PodFields newer) {
        pod = newer;
    }

    /**
     * What a container mounts.
     *
     * @param environment for the references in paths within volumes
     * @throws MountException where the container cannot be made so
     */
    public Mounts mounts(Container container, Map<String, String> environment)
            throws MountException {
        return ContainerMounts.of(this, container, environment);
    }

    /** The pod is over: what only it had is gone, and its disks are free for others. */
    public synchronized void close() {
        disks.forEach(uid -> node.disks().detach(pod.pod(), uid));
        node.store().delete(directory());
        made.clear();
    }

    /** How full an emptyDir is; 0 where nobody has used it. */
    public synchronized long usedBytes(String volume) {
        Node root = made.get(volume);
        return root == null ? 0 : root.volume().usedBytes();
    }

    private String directory() {
        return NodeVolumes.PODS + pod.pod().getMetadata().getUid();
    }

    Pod pod() {
        return pod.pod();
    }

    @Nullable Volume volume(String name) {
        return pod().getSpec().getVolumes().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Its files: a directory, or for a host path perhaps a single file. */
    synchronized Node root(Volume volume) {
        return made.computeIfAbsent(volume.getName(), _ -> make(volume));
    }

    private Node make(Volume volume) {
        FileSource[] files = sources.get(volume.getName());
        if (files != null) {
            return published(volume, files);
        }
        if (volume.getEmptyDir() != null) {
            return emptyDir(volume.getName(), volume.getEmptyDir());
        }
        if (volume.getHostPath() != null) {
            return node.host().get(volume.getHostPath().getPath());
        }
        if (volume.getImage() != null) {
            return node.images().files(volume.getImage().getReference());
        }
        PersistentVolume disk = node.disks().disk(pod(), volume);
        if (disk != null) {
            return node.disks().files(pod(), disk);
        }
        // Its disk is gone from the cluster: as where a device has been pulled.
        return scratch("none", "tmpfs", 1, FOR_ALL).root();
    }

    private Node published(Volume volume, FileSource[] files) {
        boolean onDisk = volume.getConfigMap() != null;
        dev.orrery.userland.file.Volume made =
                onDisk
                        ? scratch(HostPaths.DISK, HostPaths.TYPE, HostPaths.DISK_BYTES, FOR_ALL)
                        : scratch("tmpfs", "tmpfs", node.memoryBytes(pod()), TMPFS);
        Ownership.give(made.root(), pod());
        return new PublishedVolume(made, List.of(files), Ownership.group(pod())).volume().root();
    }

    private dev.orrery.userland.file.Volume scratch(
            String source, String type, long bytes, int mode) {
        dev.orrery.userland.file.Volume volume =
                new dev.orrery.userland.file.Volume(source, type, bytes, node.clock());
        volume.root().mode(mode);
        return volume;
    }

    private Directory emptyDir(String name, EmptyDirVolumeSource source) {
        String medium = source.getMedium() == null ? "" : source.getMedium();
        Form form =
                medium.equals("Memory")
                        ? new Form("tmpfs", "tmpfs", memory(source.getSizeLimit()), TMPFS)
                        : medium.startsWith("HugePages")
                                ? new Form("nodev", "hugetlbfs", memory(null), FOR_ALL)
                                : new Form(
                                        HostPaths.DISK,
                                        HostPaths.TYPE,
                                        HostPaths.DISK_BYTES,
                                        FOR_ALL);
        Directory root = node.store().open(directory() + "/" + name, form).root();
        Ownership.give(root, pod());
        return root;
    }

    /** A volume in memory cannot grow beyond its limit, nor beyond the pod's memory. */
    private long memory(@Nullable Quantity limit) {
        long most = node.memoryBytes(pod());
        long own = limit == null ? 0 : limit.getNumericalAmount().longValue();
        return own > 0 ? Math.min(own, most) : most;
    }

    RegularFile blocks(PersistentVolume disk) {
        return node.disks().blocks(pod(), disk);
    }

    @Nullable PersistentVolume disk(Volume volume) {
        return node.disks().disk(pod(), volume);
    }
}
