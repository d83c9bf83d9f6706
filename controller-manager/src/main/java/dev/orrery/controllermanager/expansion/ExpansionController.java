package dev.orrery.controllermanager.expansion;

import dev.orrery.controllermanager.provisioner.StandardClass;
import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.controllermanager.storage.Volumes;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimCondition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Lets the volumes of the cluster's own provisioner grow when their claims ask for more: the claim
 * says that it is resizing, the volume grows, the claim says that it has grown. Keys are claims.
 */
public final class ExpansionController implements Reconciler {

    private static final int WORKERS = 2;
    private static final String RESIZING = "Resizing";

    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final StoreClient store;
    private final InstantSource clock;
    private final EventRecorder expander;
    private final EventRecorder resizer;

    private ExpansionController(Surroundings surroundings) {
        this.claims = surroundings.informers().of(PersistentVolumeClaim.class);
        this.volumes = surroundings.informers().of(PersistentVolume.class);
        this.store = surroundings.store();
        this.clock = surroundings.clock();
        this.expander = surroundings.events().from("volume_expand", "");
        this.resizer = surroundings.events().from("external-resizer " + StandardClass.DRIVER, "");
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        ExpansionController controller = new ExpansionController(surroundings);
        ReconcileLoop loop =
                new ReconcileLoop("volume-expansion", controller, surroundings, WORKERS);
        loop.watch(controller.claims);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        PersistentVolumeClaim claim = claims.get(key.namespace(), key.name());
        if (claim == null || Claims.volumeName(claim).isEmpty()) {
            return Result.DONE;
        }
        PersistentVolume volume = volumes.get("", Claims.volumeName(claim));
        switch (ExpansionPlan.of(claim, volume)) {
            case ExpansionPlan.Keep() -> {}
            case ExpansionPlan.Wait() -> tellOfWaiting(claim);
            case ExpansionPlan.Grow(PersistentVolume found, Quantity size) ->
                    grow(claim, found, size);
        }
        return Result.DONE;
    }

    private void tellOfWaiting(PersistentVolumeClaim claim) {
        expander.normal(
                claim,
                "ExternalExpanding",
                "waiting for an external controller to expand this PVC");
    }

    private void grow(PersistentVolumeClaim claim, PersistentVolume volume, Quantity size) {
        PersistentVolumeClaim resizing = isResizing(claim) ? claim : beginning(claim, volume, size);
        if (Volumes.capacity(volume).compareTo(size.getNumericalAmount()) < 0) {
            store.update(
                    new PersistentVolumeBuilder(volume)
                            .editSpec()
                            .withCapacity(Map.of("storage", size))
                            .endSpec()
                            .build());
        }
        PersistentVolumeClaim grown =
                store.updateStatus(
                        new PersistentVolumeClaimBuilder(resizing)
                                .editStatus()
                                .withCapacity(Map.of("storage", size))
                                .withAllocatedResources(Map.of("storage", size))
                                .withAllocatedResourceStatuses(Map.of())
                                .withConditions(others(resizing))
                                .endStatus()
                                .build());
        resizer.normal(grown, "VolumeResizeSuccessful", "Resize volume succeeded");
    }

    private PersistentVolumeClaim beginning(
            PersistentVolumeClaim claim, PersistentVolume volume, Quantity size) {
        tellOfWaiting(claim);
        resizer.normal(
                claim,
                RESIZING,
                "External resizer is resizing volume " + volume.getMetadata().getName());
        return store.updateStatus(
                new PersistentVolumeClaimBuilder(claim)
                        .editStatus()
                        .withAllocatedResources(Map.of("storage", size))
                        .withAllocatedResourceStatuses(
                                Map.of("storage", "ControllerResizeInProgress"))
                        .addToConditions(
                                new PersistentVolumeClaimConditionBuilder()
                                        .withType(RESIZING)
                                        .withStatus("True")
                                        .withLastTransitionTime(Timestamps.format(clock.instant()))
                                        .build())
                        .endStatus()
                        .build());
    }

    private static boolean isResizing(PersistentVolumeClaim claim) {
        return claim.getStatus().getConditions().size() > others(claim).size();
    }

    private static List<PersistentVolumeClaimCondition> others(PersistentVolumeClaim claim) {
        return claim.getStatus().getConditions().stream()
                .filter(each -> !each.getType().equals(RESIZING))
                .toList();
    }
}
