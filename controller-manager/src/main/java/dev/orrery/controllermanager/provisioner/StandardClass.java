package dev.orrery.controllermanager.provisioner;

import dev.orrery.controllermanager.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.CSIDriverBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;

/** The class that claims get without asking, and the driver behind it. */
public final class StandardClass {

    static final String NAME = "standard";
    public static final String DRIVER = "volumes.orrery.dev";

    private StandardClass() {}

    static StorageClass storageClass() {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToAnnotations(StorageClasses.IS_DEFAULT, "true")
                .endMetadata()
                .withProvisioner(DRIVER)
                .withReclaimPolicy("Delete")
                .withVolumeBindingMode("WaitForFirstConsumer")
                .withAllowVolumeExpansion(true)
                .build();
    }

    /** Volumes are wherever their pods are: nothing is ever attached to a node. */
    static CSIDriver driver() {
        return new CSIDriverBuilder()
                .withNewMetadata()
                .withName(DRIVER)
                .endMetadata()
                .withNewSpec()
                .withAttachRequired(false)
                .withPodInfoOnMount(false)
                .withFsGroupPolicy("File")
                .addToVolumeLifecycleModes("Persistent")
                .endSpec()
                .build();
    }
}
