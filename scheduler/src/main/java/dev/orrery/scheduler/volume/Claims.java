package dev.orrery.scheduler.volume;

import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.informer.Informers;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims that a pod's volumes name, as the informers have them now. */
public final class Claims {

    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Informer<StorageClass> classes;

    /** What stands between a pod and any node at all, or its claims. */
    public sealed interface Found {

        record None() implements Found {}

        /** The pod cannot go anywhere. */
        record Missing(String reason) implements Found {}

        /**
         * @param bound that have their volume
         * @param delayed that get one for the node that the pod goes to
         */
        record Some(List<PersistentVolumeClaim> bound, List<PersistentVolumeClaim> delayed)
                implements Found {}
    }

    public Claims(Informers informers) {
        claims = informers.of(PersistentVolumeClaim.class);
        volumes = informers.of(PersistentVolume.class);
        classes = informers.of(StorageClass.class);
    }

    public Found of(Pod pod) {
        List<PersistentVolumeClaim> bound = new ArrayList<>();
        List<PersistentVolumeClaim> delayed = new ArrayList<>();
        boolean immediate = false;
        for (Volume volume : pod.getSpec().getVolumes()) {
            String name = claimName(pod, volume);
            if (name == null) {
                continue;
            }
            PersistentVolumeClaim claim = claims.get(pod.getMetadata().getNamespace(), name);
            String missing = missing(pod, volume, name, claim);
            if (claim == null || missing != null) {
                return new Found.Missing(String.valueOf(missing));
            }
            if (isBound(claim)) {
                bound.add(claim);
            } else if (isDelayed(claim) && volumeName(claim).isEmpty()) {
                delayed.add(claim);
            } else {
                immediate = true;
            }
        }
        if (immediate) {
            return new Found.Missing("pod has unbound immediate PersistentVolumeClaims");
        }
        return bound.isEmpty() && delayed.isEmpty()
                ? new Found.None()
                : new Found.Some(bound, delayed);
    }

    /** The claims that the pod's volumes name and that exist. */
    public List<PersistentVolumeClaim> present(Pod pod) {
        List<PersistentVolumeClaim> present = new ArrayList<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            String name = claimName(pod, volume);
            PersistentVolumeClaim claim =
                    name == null ? null : claims.get(pod.getMetadata().getNamespace(), name);
            if (claim != null) {
                present.add(claim);
            }
        }
        return present;
    }

    /** The volume that the claim has or names; null if there is none. */
    public @Nullable PersistentVolume volumeOf(PersistentVolumeClaim claim) {
        return volumeName(claim).isEmpty() ? null : volume(claim);
    }

    /** Who makes the claim's volume; empty if nobody does. */
    public String provisioner(PersistentVolumeClaim claim) {
        StorageClass storageClass = storageClass(claim);
        return storageClass == null || storageClass.getProvisioner() == null
                ? ""
                : storageClass.getProvisioner();
    }

    /** The pod's claims by name, whether they exist or not. */
    public static List<String> names(Pod pod) {
        List<String> names = new ArrayList<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            String name = claimName(pod, volume);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static @Nullable String claimName(Pod pod, Volume volume) {
        if (volume.getPersistentVolumeClaim() != null) {
            return volume.getPersistentVolumeClaim().getClaimName();
        }
        return volume.getEphemeral() == null
                ? null
                : pod.getMetadata().getName() + "-" + volume.getName();
    }

    private static @Nullable String missing(
            Pod pod, Volume volume, String name, @Nullable PersistentVolumeClaim claim) {
        boolean ephemeral = volume.getEphemeral() != null;
        String quoted = "persistentvolumeclaim \"" + name + "\"";
        if (claim == null) {
            return ephemeral
                    ? "waiting for ephemeral volume controller to create the " + quoted
                    : quoted + " not found";
        }
        if (ephemeral && !isOwned(claim, pod)) {
            String namespace = pod.getMetadata().getNamespace();
            return "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
                    .formatted(namespace, name, namespace, pod.getMetadata().getName());
        }
        if (claim.getStatus() != null && "Lost".equals(claim.getStatus().getPhase())) {
            return quoted + " bound to non-existent persistentvolume \"" + volumeName(claim) + "\"";
        }
        return claim.getMetadata().getDeletionTimestamp() == null
                ? null
                : quoted + " is being deleted";
    }

    private static boolean isOwned(PersistentVolumeClaim claim, Pod pod) {
        for (OwnerReference owner : claim.getMetadata().getOwnerReferences()) {
            if (Boolean.TRUE.equals(owner.getController())
                    && owner.getUid().equals(pod.getMetadata().getUid())) {
                return true;
            }
        }
        return false;
    }

    static boolean isBound(PersistentVolumeClaim claim) {
        return !volumeName(claim).isEmpty() && annotations(claim).containsKey(BIND_COMPLETED);
    }

    private boolean isDelayed(PersistentVolumeClaim claim) {
        StorageClass storageClass = storageClass(claim);
        return storageClass != null
                && "WaitForFirstConsumer".equals(storageClass.getVolumeBindingMode());
    }

    @Nullable StorageClass storageClass(PersistentVolumeClaim claim) {
        String name = claim.getSpec().getStorageClassName();
        return name == null || name.isEmpty() ? null : classes.get("", name);
    }

    @Nullable PersistentVolume volume(PersistentVolumeClaim claim) {
        return volumes.get("", volumeName(claim));
    }

    Collection<PersistentVolume> volumes() {
        return volumes.list();
    }

    /** The claim as it is now; null if it is gone or another of its name. */
    @Nullable PersistentVolumeClaim current(PersistentVolumeClaim claim) {
        PersistentVolumeClaim now =
                claims.get(claim.getMetadata().getNamespace(), claim.getMetadata().getName());
        return now != null && now.getMetadata().getUid().equals(claim.getMetadata().getUid())
                ? now
                : null;
    }

    static String selectedNode(PersistentVolumeClaim claim) {
        return annotations(claim).getOrDefault(SELECTED_NODE, "");
    }

    static String volumeName(PersistentVolumeClaim claim) {
        String name = claim.getSpec().getVolumeName();
        return name == null ? "" : name;
    }

    private static Map<String, String> annotations(PersistentVolumeClaim claim) {
        Map<String, String> annotations = claim.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
