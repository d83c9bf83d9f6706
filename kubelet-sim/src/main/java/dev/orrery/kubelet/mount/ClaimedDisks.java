package dev.orrery.kubelet.mount;

import dev.orrery.kubelet.storage.Attachments;
import dev.orrery.kubelet.storage.Form;
import dev.orrery.kubelet.storage.VolumeStore;
import dev.orrery.kubelet.volume.ClusterObjects;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import io.fabric8.kubernetes.api.model.NFSVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The volumes that pods have through claims, on one node. For any thread. */
final class ClaimedDisks {

    static final String PREFIX = "volumes/";
    private static final String DISK_FILE = "/disk";
    private static final int ROOT_MODE = 0755;

    private final ClusterObjects objects;
    private final VolumeStore store;
    private final Attachments attachments;
    private final HostPaths host;
    private final String nodeName;

    ClaimedDisks(
            ClusterObjects objects,
            VolumeStore store,
            Attachments attachments,
            HostPaths host,
            String nodeName) {
        this.objects = objects;
        this.store = store;
        this.attachments = attachments;
        this.host = host;
        this.nodeName = nodeName;
    }

    static @Nullable String claimName(Pod pod, Volume volume) {
        if (volume.getPersistentVolumeClaim() != null) {
            return volume.getPersistentVolumeClaim().getClaimName();
        }
        return volume.getEphemeral() == null
                ? null
                : pod.getMetadata().getName() + "-" + volume.getName();
    }

    private @Nullable PersistentVolumeClaim claim(Pod pod, Volume volume) {
        String name = claimName(pod, volume);
        return name == null ? null : objects.claims().get(pod.getMetadata().getNamespace(), name);
    }

    /** Null where the volume has no claim, or the claim no volume yet. */
    @Nullable PersistentVolume disk(Pod pod, Volume volume) {
        PersistentVolumeClaim claim = claim(pod, volume);
        String name = claim == null ? null : claim.getSpec().getVolumeName();
        return name == null ? null : objects.volumes().get("", name);
    }

    /** Why it cannot be attached to this node now; null where it is. */
    @Nullable String attach(Pod pod, PersistentVolume disk) {
        Attachments.Outcome outcome =
                attachments.attach(
                        uid(disk),
                        nodeName,
                        pod.getMetadata().getUid(),
                        pod.getMetadata().getName(),
                        isExclusive(disk));
        return switch (outcome) {
            case Attachments.Outcome.Attached _ -> null;
            case Attachments.Outcome.InUse(Set<String> pods) ->
                    "Multi-Attach error for volume \""
                            + disk.getMetadata().getName()
                            + "\" Volume is already used by pod(s) "
                            + String.join(", ", pods);
        };
    }

    void detach(Pod pod, String uid) {
        attachments.detach(uid, nodeName, pod.getMetadata().getUid());
    }

    static String uid(PersistentVolume disk) {
        return disk.getMetadata().getUid();
    }

    private static boolean isExclusive(PersistentVolume disk) {
        List<String> modes = disk.getSpec().getAccessModes();
        boolean local = disk.getSpec().getHostPath() != null || disk.getSpec().getLocal() != null;
        return !local && !modes.contains("ReadWriteMany") && !modes.contains("ReadOnlyMany");
    }

    /** Its directory. */
    Node files(Pod pod, PersistentVolume disk) {
        if (disk.getSpec().getHostPath() != null) {
            return host.get(disk.getSpec().getHostPath().getPath());
        }
        if (disk.getSpec().getLocal() != null) {
            return host.get(disk.getSpec().getLocal().getPath());
        }
        Directory root = open(pod, disk).root();
        if (root.volume().type().equals(HostPaths.TYPE)) {
            Ownership.give(root, pod);
        }
        return root;
    }

    private dev.orrery.userland.file.Volume open(Pod pod, PersistentVolume disk) {
        long bytes = bytes(disk);
        NFSVolumeSource share = disk.getSpec().getNfs();
        if (share != null) {
            String source = share.getServer() + ":" + share.getPath();
            return store.open(PREFIX + uid(disk), new Form(source, "nfs4", bytes, 0777));
        }
        Attachments.Outcome outcome =
                attachments.attach(
                        uid(disk),
                        nodeName,
                        pod.getMetadata().getUid(),
                        pod.getMetadata().getName(),
                        false);
        String device =
                outcome instanceof Attachments.Outcome.Attached(String name) ? name : "/dev/sdb";
        return store.open(PREFIX + uid(disk), new Form(device, HostPaths.TYPE, bytes, ROOT_MODE));
    }

    /** The file that stands for all its blocks. */
    RegularFile blocks(Pod pod, PersistentVolume disk) {
        FileSystem files = new FileSystem(open(pod, disk), false);
        if (!(files.find(DISK_FILE, User.ROOT) instanceof RegularFile)) {
            files.force(DISK_FILE, new byte[0], 0600, User.ROOT);
        }
        RegularFile blocks = (RegularFile) files.get(DISK_FILE, User.ROOT);
        long size = bytes(disk) - (1 << 12);
        if (blocks.size() < size) {
            blocks.truncate(size);
        }
        return blocks;
    }

    private static long bytes(PersistentVolume disk) {
        Map<String, Quantity> capacity = disk.getSpec().getCapacity();
        Quantity storage = capacity == null ? null : capacity.get("storage");
        return storage == null
                ? HostPaths.DISK_BYTES
                : Math.max(1, storage.getNumericalAmount().longValue());
    }
}
