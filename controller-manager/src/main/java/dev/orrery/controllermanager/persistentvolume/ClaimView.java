package dev.orrery.controllermanager.persistentvolume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lies around a claim.
 *
 * @param named the volume that it names, or null if that is not there
 * @param candidates volumes that are free or for the claim
 * @param storageClass the class that it names, or null if that is not there
 * @param defaultClass the class of claims that name none
 * @param waitingPods names of the pods that use the claim and have no node yet
 */
record ClaimView(
        @Nullable PersistentVolume named,
        Collection<PersistentVolume> candidates,
        @Nullable StorageClass storageClass,
        Optional<String> defaultClass,
        List<String> waitingPods) {

    ClaimView {
        candidates = List.copyOf(candidates);
        waitingPods = List.copyOf(waitingPods);
    }
}
