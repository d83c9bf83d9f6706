package dev.orrery.controllermanager.persistentvolume;

import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.controllermanager.storage.Marks;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import java.util.List;
import java.util.Map;

/** Writes claims, and only what changes. Each method answers the claim as it is then. */
final class ClaimWriter {

    private final StoreClient store;

    ClaimWriter(StoreClient store) {
        this.store = store;
    }

    PersistentVolumeClaim bind(PersistentVolumeClaim claim, PersistentVolume volume) {
        String name = volume.getMetadata().getName();
        boolean chosen = Claims.volumeName(claim).equals(name);
        if (chosen && Marks.has(claim, Marks.BIND_COMPLETED)) {
            return claim;
        }
        Map<String, String> marks = Marks.with(claim, Marks.BIND_COMPLETED);
        if (!chosen) {
            marks.put(Marks.BOUND_BY_CONTROLLER, "yes");
        }
        return store.update(
                new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .withAnnotations(marks)
                        .endMetadata()
                        .editSpec()
                        .withVolumeName(name)
                        .endSpec()
                        .build());
    }

    /** A size that was written when the claim became bound stays: resizing sees to it later. */
    PersistentVolumeClaim becomeBound(PersistentVolumeClaim claim, PersistentVolume volume) {
        List<String> modes = volume.getSpec().getAccessModes();
        boolean bound = Claims.phase(claim).equals("Bound");
        PersistentVolumeClaimStatus status = claim.getStatus();
        if (bound && status.getAccessModes().equals(modes)) {
            return claim;
        }
        return store.updateStatus(
                new PersistentVolumeClaimBuilder(claim)
                        .editOrNewStatus()
                        .withPhase("Bound")
                        .withAccessModes(modes)
                        .withCapacity(bound ? status.getCapacity() : volume.getSpec().getCapacity())
                        .endStatus()
                        .build());
    }

    PersistentVolumeClaim becomeUnbound(PersistentVolumeClaim claim, String phase) {
        PersistentVolumeClaimStatus status = claim.getStatus();
        if (Claims.phase(claim).equals(phase)
                && status.getAccessModes().isEmpty()
                && status.getCapacity().isEmpty()) {
            return claim;
        }
        return store.updateStatus(
                new PersistentVolumeClaimBuilder(claim)
                        .editOrNewStatus()
                        .withPhase(phase)
                        .withAccessModes(List.of())
                        .withCapacity(Map.of())
                        .endStatus()
                        .build());
    }

    PersistentVolumeClaim takeClass(PersistentVolumeClaim claim, String name) {
        return store.update(
                new PersistentVolumeClaimBuilder(claim)
                        .editSpec()
                        .withStorageClassName(name)
                        .endSpec()
                        .build());
    }

    PersistentVolumeClaim askFor(PersistentVolumeClaim claim, String provisioner) {
        if (Marks.value(claim, Marks.PROVISIONER).equals(provisioner)
                && Marks.value(claim, Marks.BETA_PROVISIONER).equals(provisioner)) {
            return claim;
        }
        Map<String, String> marks = Marks.with(claim, Marks.PROVISIONER, provisioner);
        marks.put(Marks.BETA_PROVISIONER, provisioner);
        return store.update(
                new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .withAnnotations(marks)
                        .endMetadata()
                        .build());
    }
}
