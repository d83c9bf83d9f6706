package dev.orrery.controllermanager.provisioner;

import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

/** Makes volumes for the claims that ask this provisioner for one. Keys are claims. */
public final class ProvisionController implements Reconciler {

    private static final int WORKERS = 4;

    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Informer<StorageClass> classes;
    private final StoreClient store;
    private final EventRecorder events;

    private ProvisionController(Surroundings surroundings) {
        this.claims = surroundings.informers().of(PersistentVolumeClaim.class);
        this.volumes = surroundings.informers().of(PersistentVolume.class);
        this.classes = surroundings.informers().of(StorageClass.class);
        this.store = surroundings.store();
        this.events = surroundings.events();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        ProvisionController controller =
                new ProvisionController(surroundings.recordingAs(StandardClass.DRIVER));
        ReconcileLoop loop = new ReconcileLoop("provisioner", controller, surroundings, WORKERS);
        loop.watch(controller.claims);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        PersistentVolumeClaim claim = claims.get(key.namespace(), key.name());
        if (claim == null) {
            return Result.DONE;
        }
        String className = Claims.className(claim);
        StorageClass storageClass = className.isEmpty() ? null : classes.get("", className);
        ProvisionPlan.of(claim, storageClass)
                .volume()
                .filter(volume -> volumes.get("", volume.getMetadata().getName()) == null)
                .ifPresent(volume -> provision(claim, volume));
        return Result.DONE;
    }

    private void provision(PersistentVolumeClaim claim, PersistentVolume volume) {
        events.normal(
                claim,
                "Provisioning",
                "External provisioner is provisioning volume for claim \""
                        + Claims.path(claim)
                        + '"');
        try {
            store.create(volume);
        } catch (ApiException e) {
            if (!e.isAlreadyExists()) {
                events.warning(
                        claim,
                        "ProvisioningFailed",
                        "failed to provision volume with StorageClass \"%s\": %s"
                                .formatted(Claims.className(claim), e.getMessage()));
                throw e;
            }
        }
        events.normal(
                claim,
                "ProvisioningSucceeded",
                "Successfully provisioned volume " + volume.getMetadata().getName());
    }
}
