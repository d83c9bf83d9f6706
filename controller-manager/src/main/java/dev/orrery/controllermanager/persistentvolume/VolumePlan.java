package dev.orrery.controllermanager.persistentvolume;

import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.controllermanager.storage.Marks;
import dev.orrery.controllermanager.storage.Volumes;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is to become of a volume. */
sealed interface VolumePlan {

    /** The claim's own reconcile sees to it. */
    record Leave() implements VolumePlan {}

    record Enter(String phase) implements VolumePlan {}

    /** Its claim turned to another volume. */
    record Unbind() implements VolumePlan {}

    /** Its claim is gone: released, and then as its reclaim policy says. */
    record Reclaim(Reclaiming how) implements VolumePlan {}

    /** Volume and claim were meant for each other, and cannot be. */
    record Mismatch(Notice onVolume, Notice onClaim) implements VolumePlan {}

    /** What comes after the release. */
    sealed interface Reclaiming {

        /** Kept as it is, or deleted by whoever made it. */
        record Keep() implements Reclaiming {}

        record Delete() implements Reclaiming {}

        record Recycle() implements Reclaiming {}

        record Fail(Notice notice) implements Reclaiming {}
    }

    Pattern SCRATCH = Pattern.compile("/tmp/.+");

    /**
     * @param claim of the name that the volume is for, or null
     */
    static VolumePlan of(PersistentVolume volume, @Nullable PersistentVolumeClaim claim) {
        String uid = Volumes.claimUid(volume);
        if (uid.isEmpty()) {
            return new Enter("Available");
        }
        if (claim == null || !uid.equals(claim.getMetadata().getUid())) {
            return new Reclaim(reclaiming(volume));
        }
        String name = Claims.volumeName(claim);
        if (name.isEmpty()) {
            return Volumes.volumeMode(volume).equals(Claims.volumeMode(claim))
                    ? new Leave()
                    : mismatch(volume, claim);
        }
        if (name.equals(volume.getMetadata().getName())) {
            return new Enter("Bound");
        }
        return Marks.has(volume, Marks.PROVISIONED_BY)
                        && Volumes.reclaimPolicy(volume).equals("Delete")
                ? new Reclaim(reclaiming(volume))
                : new Unbind();
    }

    private static VolumePlan mismatch(PersistentVolume volume, PersistentVolumeClaim claim) {
        String claimName = claim.getMetadata().getName();
        String why = "\" due to incompatible volumeMode.";
        return new Mismatch(
                Notice.warning(
                        "VolumeMismatch",
                        "Cannot bind PersistentVolume to requested PersistentVolumeClaim \""
                                + claimName
                                + why),
                Notice.warning(
                        "VolumeMismatch",
                        "Cannot bind PersistentVolume \"%s\" to requested PersistentVolumeClaim \"%s%s"
                                .formatted(volume.getMetadata().getName(), claimName, why)));
    }

    private static Reclaiming reclaiming(PersistentVolume volume) {
        return switch (Volumes.reclaimPolicy(volume)) {
            case "Retain" -> new Reclaiming.Keep();
            case "Recycle" -> recycling(volume);
            case "Delete" ->
                    isMadeElsewhere(volume)
                            ? new Reclaiming.Keep()
                            : obstacle(volume)
                                    .<Reclaiming>map(why -> fail("VolumeFailedDelete", why))
                                    .orElseGet(Reclaiming.Delete::new);
            default ->
                    fail(
                            "VolumeUnknownReclaimPolicy",
                            "Volume has unrecognized PersistentVolumeReclaimPolicy");
        };
    }

    private static boolean isMadeElsewhere(PersistentVolume volume) {
        String maker = Marks.value(volume, Marks.PROVISIONED_BY);
        return !maker.isEmpty() && !maker.startsWith("kubernetes.io/");
    }

    /** Only what lies on a node's scratch space can be deleted from here. */
    private static Optional<String> obstacle(PersistentVolume volume) {
        var hostPath = volume.getSpec().getHostPath();
        if (hostPath == null) {
            return Optional.of(
                    "error getting deleter volume plugin for volume \"%s\": no deletable volume plugin matched"
                            .formatted(volume.getMetadata().getName()));
        }
        return SCRATCH.matcher(hostPath.getPath()).matches()
                ? Optional.empty()
                : Optional.of(
                        "host_path deleter only supports /tmp/.+ but received provided "
                                + hostPath.getPath());
    }

    private static Reclaiming recycling(PersistentVolume volume) {
        boolean able = volume.getSpec().getHostPath() != null || volume.getSpec().getNfs() != null;
        return able
                ? new Reclaiming.Recycle()
                : fail("VolumeFailedRecycle", "No recycler plugin found for the volume!");
    }

    private static Reclaiming fail(String reason, String message) {
        return new Reclaiming.Fail(Notice.warning(reason, message));
    }
}
