package dev.orrery.controllermanager.volumeprotection;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The finalizer that keeps what is in use. */
record Protection(String finalizer) {

    static final Protection OF_CLAIMS = new Protection("kubernetes.io/pvc-protection");
    static final Protection OF_VOLUMES = new Protection("kubernetes.io/pv-protection");

    /** The finalizers that the object is to have; empty if it has these. */
    Optional<List<String>> change(HasMetadata object, boolean used) {
        boolean going = object.getMetadata().getDeletionTimestamp() != null;
        List<String> finalizers = new ArrayList<>(object.getMetadata().getFinalizers());
        boolean changed =
                going
                        ? !used && finalizers.remove(finalizer)
                        : !finalizers.contains(finalizer) && finalizers.add(finalizer);
        return changed ? Optional.of(finalizers) : Optional.empty();
    }
}
