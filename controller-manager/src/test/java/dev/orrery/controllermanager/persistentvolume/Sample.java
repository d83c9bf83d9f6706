package dev.orrery.controllermanager.persistentvolume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Claims, volumes and classes to try things with. */
final class Sample {

    private Sample() {}

    /** Uid {@code uid-NAME}, ReadWriteOnce. */
    static PersistentVolumeClaim claim(String name, String size, @Nullable String className) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-" + name)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(className)
                .withNewResources()
                .addToRequests("storage", new Quantity(size))
                .endResources()
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    static PersistentVolumeClaim claim(
            PersistentVolumeClaim of, UnaryOperator<PersistentVolumeClaimBuilder> change) {
        return change.apply(new PersistentVolumeClaimBuilder(of)).build();
    }

    static PersistentVolumeClaim annotated(PersistentVolumeClaim claim, String mark) {
        return claim(
                claim,
                builder -> builder.editMetadata().addToAnnotations(mark, "yes").endMetadata());
    }

    static PersistentVolumeClaim naming(PersistentVolumeClaim claim, String volume) {
        return claim(claim, builder -> builder.editSpec().withVolumeName(volume).endSpec());
    }

    /** Available, ReadWriteOnce, retained, of no class. */
    static PersistentVolume volume(String name, String size) {
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withCapacity(Map.of("storage", new Quantity(size)))
                .withPersistentVolumeReclaimPolicy("Retain")
                .withNewHostPath("/data", "")
                .endSpec()
                .withNewStatus()
                .withPhase("Available")
                .endStatus()
                .build();
    }

    static PersistentVolume volume(
            PersistentVolume of, UnaryOperator<PersistentVolumeBuilder> change) {
        return change.apply(new PersistentVolumeBuilder(of)).build();
    }

    static PersistentVolume keptFor(PersistentVolume volume, String claim, @Nullable String uid) {
        return volume(
                volume,
                builder ->
                        builder.editSpec()
                                .withNewClaimRef()
                                .withNamespace("default")
                                .withName(claim)
                                .withUid(uid)
                                .endClaimRef()
                                .endSpec());
    }

    static StorageClass storageClass(String name, String provisioner, String mode) {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withProvisioner(provisioner)
                .withReclaimPolicy("Delete")
                .withVolumeBindingMode(mode)
                .build();
    }

    static Pod pod(String name, String claim) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim(claim, false)
                .endVolume()
                .endSpec()
                .build();
    }
}
