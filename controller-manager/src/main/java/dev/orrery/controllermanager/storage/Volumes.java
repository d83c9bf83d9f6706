package dev.orrery.controllermanager.storage;

import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.reconcile.Key;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts about a volume. */
public final class Volumes {

    /** Volumes that anybody may have, by class. */
    public static final Index<PersistentVolume> FREE = new Index<>("free", Volumes::classIfFree);

    /** Volumes by the claim that they are for, written {@code namespace/name}. */
    public static final Index<PersistentVolume> BY_CLAIM =
            new Index<>("claim", Volumes::claimPaths);

    private Volumes() {}

    /** Empty if it has none. */
    public static String className(PersistentVolume volume) {
        String named = volume.getSpec().getStorageClassName();
        return Marks.has(volume, Marks.BETA_CLASS)
                ? Marks.value(volume, Marks.BETA_CLASS)
                : named == null ? "" : named;
    }

    public static String phase(PersistentVolume volume) {
        return volume.getStatus() == null || volume.getStatus().getPhase() == null
                ? ""
                : volume.getStatus().getPhase();
    }

    /** Bytes. */
    public static BigDecimal capacity(PersistentVolume volume) {
        Quantity storage =
                volume.getSpec().getCapacity() == null
                        ? null
                        : volume.getSpec().getCapacity().get("storage");
        return storage == null ? BigDecimal.ZERO : storage.getNumericalAmount();
    }

    public static String volumeMode(PersistentVolume volume) {
        String mode = volume.getSpec().getVolumeMode();
        return mode == null ? "Filesystem" : mode;
    }

    public static String reclaimPolicy(PersistentVolume volume) {
        String policy = volume.getSpec().getPersistentVolumeReclaimPolicy();
        return policy == null ? "Retain" : policy;
    }

    /** The claim that it is for; null if none. */
    public static @Nullable Key claim(PersistentVolume volume) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        return reference == null ? null : new Key(reference.getNamespace(), reference.getName());
    }

    /** The uid of the claim that has it; empty while it is only kept for a name. */
    public static String claimUid(PersistentVolume volume) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        return reference == null || reference.getUid() == null ? "" : reference.getUid();
    }

    /** It is for this very claim, or for one of its name. */
    public static boolean isFor(PersistentVolume volume, PersistentVolumeClaim claim) {
        String uid = claimUid(volume);
        return Key.of(claim).equals(claim(volume))
                && (uid.isEmpty() || uid.equals(claim.getMetadata().getUid()));
    }

    private static Collection<String> classIfFree(PersistentVolume volume) {
        return claim(volume) == null ? List.of(className(volume)) : List.of();
    }

    private static Collection<String> claimPaths(PersistentVolume volume) {
        Key claim = claim(volume);
        return claim == null ? List.of() : List.of(claim.toString());
    }
}
