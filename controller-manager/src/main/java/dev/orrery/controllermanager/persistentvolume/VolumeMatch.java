package dev.orrery.controllermanager.persistentvolume;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.controllermanager.storage.Volumes;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which of the volumes that are there a claim gets. */
final class VolumeMatch {

    private static final Comparator<PersistentVolume> BEST_FIRST =
            Comparator.<PersistentVolume>comparingInt(
                            each -> each.getSpec().getAccessModes().size())
                    .thenComparing(Volumes::capacity)
                    .thenComparing(each -> each.getMetadata().getName());

    private VolumeMatch() {}

    /**
     * The volume that was made for the claim; else the one of fewest access modes and then least
     * size that will do. A claim that wants 5 of volumes with 10, 8 and 4 gets the one with 8.
     *
     * @param waits the claim's class waits for a pod: the scheduler chooses then
     */
    static Optional<PersistentVolume> best(
            PersistentVolumeClaim claim, Collection<PersistentVolume> volumes, boolean waits) {
        List<PersistentVolume> able =
                volumes.stream()
                        .filter(each -> isAble(each, claim))
                        .filter(each -> each.getMetadata().getDeletionTimestamp() == null)
                        .sorted(BEST_FIRST)
                        .toList();
        Optional<PersistentVolume> reserved =
                able.stream().filter(each -> Volumes.isFor(each, claim)).findFirst();
        if (reserved.isPresent() || waits) {
            return reserved;
        }
        Selector selector = selector(claim);
        return able.stream()
                .filter(each -> Volumes.claim(each) == null)
                .filter(each -> Volumes.phase(each).equals("Available"))
                .filter(each -> selector.matches(each))
                .filter(each -> Volumes.className(each).equals(Claims.className(claim)))
                .findFirst();
    }

    /** Why the volume that a claim names will not do; empty if it will. */
    static Optional<String> objection(PersistentVolume volume, PersistentVolumeClaim claim) {
        if (Volumes.capacity(volume).compareTo(Claims.requested(claim)) < 0) {
            return Optional.of("requested PV is too small");
        }
        if (!Volumes.className(volume).equals(Claims.className(claim))) {
            return Optional.of("storageClassName does not match");
        }
        if (!Volumes.volumeMode(volume).equals(Claims.volumeMode(claim))) {
            return Optional.of("incompatible volumeMode");
        }
        return hasModes(volume, claim) ? Optional.empty() : Optional.of("incompatible accessMode");
    }

    private static boolean isAble(PersistentVolume volume, PersistentVolumeClaim claim) {
        return hasModes(volume, claim)
                && Volumes.capacity(volume).compareTo(Claims.requested(claim)) >= 0
                && Volumes.volumeMode(volume).equals(Claims.volumeMode(claim))
                && Objects.equals(
                        volume.getSpec().getVolumeAttributesClassName(),
                        claim.getSpec().getVolumeAttributesClassName());
    }

    private static boolean hasModes(PersistentVolume volume, PersistentVolumeClaim claim) {
        return new HashSet<>(volume.getSpec().getAccessModes())
                .containsAll(claim.getSpec().getAccessModes());
    }

    private static Selector selector(PersistentVolumeClaim claim) {
        return claim.getSpec().getSelector() == null
                ? Selector.EVERYTHING
                : Selector.of(claim.getSpec().getSelector());
    }
}
