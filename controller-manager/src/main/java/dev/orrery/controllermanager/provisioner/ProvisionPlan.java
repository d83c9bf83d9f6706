package dev.orrery.controllermanager.provisioner;

import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.controllermanager.storage.Marks;
import dev.orrery.controllermanager.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The volume that is to be made for a claim, if it is for this provisioner to make one. */
record ProvisionPlan(Optional<PersistentVolume> volume) {

    private static final ProvisionPlan NOTHING = new ProvisionPlan(Optional.empty());

    static ProvisionPlan of(PersistentVolumeClaim claim, @Nullable StorageClass storageClass) {
        boolean asked =
                Marks.value(claim, Marks.PROVISIONER).equals(StandardClass.DRIVER)
                        && Claims.volumeName(claim).isEmpty()
                        && claim.getMetadata().getDeletionTimestamp() == null;
        boolean known =
                storageClass != null && storageClass.getProvisioner().equals(StandardClass.DRIVER);
        if (!asked
                || storageClass == null
                || !known
                || (StorageClasses.waitsForConsumer(storageClass)
                        && !Marks.has(claim, Marks.SELECTED_NODE))) {
            return NOTHING;
        }
        return new ProvisionPlan(Optional.of(volume(claim, storageClass)));
    }

    /** One name for one claim: a second run finds what the first one made. */
    static String name(PersistentVolumeClaim claim) {
        return "pvc-" + claim.getMetadata().getUid();
    }

    private static PersistentVolume volume(PersistentVolumeClaim claim, StorageClass storageClass) {
        String name = name(claim);
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations(Marks.PROVISIONED_BY, StandardClass.DRIVER)
                .endMetadata()
                .withNewSpec()
                .withAccessModes(claim.getSpec().getAccessModes())
                .withCapacity(
                        Map.of(
                                "storage",
                                claim.getSpec().getResources().getRequests().get("storage")))
                .withNewClaimRef()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withUid(claim.getMetadata().getUid())
                .withResourceVersion(claim.getMetadata().getResourceVersion())
                .endClaimRef()
                .withNewCsi()
                .withDriver(StandardClass.DRIVER)
                .withVolumeHandle(name)
                .withFsType(Claims.volumeMode(claim).equals("Block") ? null : "ext4")
                .endCsi()
                .withMountOptions(storageClass.getMountOptions())
                .withPersistentVolumeReclaimPolicy(storageClass.getReclaimPolicy())
                .withStorageClassName(storageClass.getMetadata().getName())
                .withVolumeMode(Claims.volumeMode(claim))
                .endSpec()
                .build();
    }
}
