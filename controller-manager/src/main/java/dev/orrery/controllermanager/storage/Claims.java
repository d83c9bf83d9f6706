package dev.orrery.controllermanager.storage;

import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.reconcile.Key;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Facts about a claim. */
public final class Claims {

    /** Claims that never had a volume, by the class that they ask for. */
    public static final Index<PersistentVolumeClaim> UNBOUND =
            new Index<>("unbound", Claims::classIfUnbound);

    /** Claims by the volume that they name. */
    public static final Index<PersistentVolumeClaim> BY_VOLUME =
            new Index<>("volume", Claims::volumeNames);

    /** Pods by the claims that their volumes name, written {@code namespace/name}. */
    public static final Index<Pod> USERS = new Index<>("claims", Claims::usedBy);

    private Claims() {}

    /** The class that it asks for; empty where that is none or has not been said. */
    public static String className(PersistentVolumeClaim claim) {
        String named = claim.getSpec().getStorageClassName();
        return Marks.has(claim, Marks.BETA_CLASS)
                ? Marks.value(claim, Marks.BETA_CLASS)
                : named == null ? "" : named;
    }

    /** Whether it says which class it wants, if only none. */
    public static boolean hasClass(PersistentVolumeClaim claim) {
        return Marks.has(claim, Marks.BETA_CLASS) || claim.getSpec().getStorageClassName() != null;
    }

    /** The volume that it names; empty if none. */
    public static String volumeName(PersistentVolumeClaim claim) {
        String name = claim.getSpec().getVolumeName();
        return name == null ? "" : name;
    }

    public static String phase(PersistentVolumeClaim claim) {
        return claim.getStatus() == null || claim.getStatus().getPhase() == null
                ? ""
                : claim.getStatus().getPhase();
    }

    /** Bytes. */
    public static BigDecimal requested(PersistentVolumeClaim claim) {
        var resources = claim.getSpec().getResources();
        Quantity storage =
                resources == null || resources.getRequests() == null
                        ? null
                        : resources.getRequests().get("storage");
        return storage == null ? BigDecimal.ZERO : storage.getNumericalAmount();
    }

    public static String volumeMode(PersistentVolumeClaim claim) {
        String mode = claim.getSpec().getVolumeMode();
        return mode == null ? "Filesystem" : mode;
    }

    /** {@code namespace/name}. */
    public static String path(PersistentVolumeClaim claim) {
        return Key.of(claim).toString();
    }

    /** The claim's name that a pod's volume comes to; empty if it is no such volume. */
    public static String claimName(Pod pod, Volume volume) {
        if (volume.getPersistentVolumeClaim() != null) {
            return volume.getPersistentVolumeClaim().getClaimName();
        }
        return volume.getEphemeral() == null
                ? ""
                : pod.getMetadata().getName() + "-" + volume.getName();
    }

    private static Collection<String> classIfUnbound(PersistentVolumeClaim claim) {
        return Marks.has(claim, Marks.BIND_COMPLETED) ? List.of() : List.of(className(claim));
    }

    private static Collection<String> volumeNames(PersistentVolumeClaim claim) {
        String name = volumeName(claim);
        return name.isEmpty() ? List.of() : List.of(name);
    }

    private static Collection<String> usedBy(Pod pod) {
        List<String> paths = new ArrayList<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            String name = claimName(pod, volume);
            if (!name.isEmpty()) {
                paths.add(new Key(pod.getMetadata().getNamespace(), name).toString());
            }
        }
        return paths;
    }
}
