package dev.orrery.controllermanager.volumeprotection;

import dev.orrery.controllermanager.storage.Volumes;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;

/** Keeps volumes that are being deleted until they are no longer bound. Keys are volumes. */
public final class VolumeProtection implements Reconciler {

    private static final int WORKERS = 2;

    private final Informer<PersistentVolume> volumes;
    private final StoreClient store;

    private VolumeProtection(Surroundings surroundings) {
        this.volumes = surroundings.informers().of(PersistentVolume.class);
        this.store = surroundings.store();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        VolumeProtection controller = new VolumeProtection(surroundings);
        ReconcileLoop loop = new ReconcileLoop("pv-protection", controller, surroundings, WORKERS);
        loop.watch(controller.volumes);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        PersistentVolume volume = volumes.get("", key.name());
        if (volume != null) {
            Protection.OF_VOLUMES
                    .change(volume, Volumes.phase(volume).equals("Bound"))
                    .ifPresent(finalizers ->
                            store.update(
                                    new PersistentVolumeBuilder(volume)
                                            .editMetadata()
                                            .withFinalizers(finalizers)
                                            .endMetadata()
                                            .build()));
        }
        return Result.DONE;
    }
}
