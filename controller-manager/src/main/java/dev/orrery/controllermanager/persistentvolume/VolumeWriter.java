package dev.orrery.controllermanager.persistentvolume;

import dev.orrery.controllermanager.storage.Marks;
import dev.orrery.controllermanager.storage.Volumes;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes volumes, and only what changes. Each method answers the volume as it is then. */
final class VolumeWriter {

    private final StoreClient store;
    private final InstantSource clock;

    VolumeWriter(StoreClient store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    PersistentVolume bind(PersistentVolume volume, PersistentVolumeClaim claim) {
        if (Volumes.claimUid(volume).equals(claim.getMetadata().getUid())) {
            return volume;
        }
        Map<String, String> marks =
                Volumes.isFor(volume, claim)
                        ? volume.getMetadata().getAnnotations()
                        : Marks.with(volume, Marks.BOUND_BY_CONTROLLER);
        return store.update(edited(volume, marks, reference(claim)));
    }

    /** What the controller chose is free again; what the user chose stays kept for the name. */
    PersistentVolume unbind(PersistentVolume volume) {
        boolean chosen = Marks.has(volume, Marks.BOUND_BY_CONTROLLER);
        ObjectReference kept =
                chosen
                        ? null
                        : new ObjectReferenceBuilder(volume.getSpec().getClaimRef())
                                .withUid(null)
                                .build();
        return store.update(edited(volume, Marks.without(volume, Marks.BOUND_BY_CONTROLLER), kept));
    }

    private static PersistentVolume edited(
            PersistentVolume volume, Map<String, String> marks, @Nullable ObjectReference claim) {
        return new PersistentVolumeBuilder(volume)
                .editMetadata()
                .withAnnotations(marks)
                .endMetadata()
                .editSpec()
                .withClaimRef(claim)
                .endSpec()
                .build();
    }

    PersistentVolume enter(PersistentVolume volume, String phase, String message) {
        if (Volumes.phase(volume).equals(phase)) {
            return volume;
        }
        return store.updateStatus(
                new PersistentVolumeBuilder(volume)
                        .editOrNewStatus()
                        .withPhase(phase)
                        .withMessage(message.isEmpty() ? null : message)
                        .withLastPhaseTransitionTime(Timestamps.format(clock.instant()))
                        .endStatus()
                        .build());
    }

    void delete(PersistentVolume volume) {
        store.delete(
                PersistentVolume.class,
                "",
                volume.getMetadata().getName(),
                Deletion.of(volume.getMetadata().getUid()));
    }

    private static ObjectReference reference(PersistentVolumeClaim claim) {
        return new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withUid(claim.getMetadata().getUid())
                .withResourceVersion(claim.getMetadata().getResourceVersion())
                .build();
    }
}
