package dev.orrery.scheduler.volume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;

/** What a pod's claims get if it goes to a certain node. */
public record VolumeChoice(List<Pairing> pairings, List<PersistentVolumeClaim> provisioned) {

    /** A volume that exists, for a claim. */
    public record Pairing(PersistentVolumeClaim claim, PersistentVolume volume) {}

    public VolumeChoice {
        pairings = List.copyOf(pairings);
        provisioned = List.copyOf(provisioned);
    }
}
