package dev.orrery.controllermanager.expansion;

import dev.orrery.controllermanager.provisioner.StandardClass;
import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.controllermanager.storage.Volumes;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Whether a claim's volume is to grow, and who sees to it. */
sealed interface ExpansionPlan {

    record Keep() implements ExpansionPlan {}

    /** Someone outside lets such volumes grow. */
    record Wait() implements ExpansionPlan {}

    record Grow(PersistentVolume volume, Quantity size) implements ExpansionPlan {}

    static ExpansionPlan of(PersistentVolumeClaim claim, @Nullable PersistentVolume volume) {
        Quantity wanted = wanted(claim);
        boolean bound =
                volume != null
                        && Claims.phase(claim).equals("Bound")
                        && Volumes.claimUid(volume).equals(claim.getMetadata().getUid());
        if (volume == null
                || !bound
                || wanted == null
                || wanted.getNumericalAmount().compareTo(size(claim)) <= 0) {
            return new Keep();
        }
        var csi = volume.getSpec().getCsi();
        return csi != null && csi.getDriver().equals(StandardClass.DRIVER)
                ? new Grow(volume, wanted)
                : new Wait();
    }

    private static @Nullable Quantity wanted(PersistentVolumeClaim claim) {
        var resources = claim.getSpec().getResources();
        return resources == null || resources.getRequests() == null
                ? null
                : resources.getRequests().get("storage");
    }

    private static BigDecimal size(PersistentVolumeClaim claim) {
        Quantity storage = claim.getStatus().getCapacity().get("storage");
        return storage == null ? BigDecimal.ZERO : storage.getNumericalAmount();
    }
}
