package dev.orrery.controllermanager.provisioner;

import dev.orrery.controllermanager.storage.Marks;
import dev.orrery.controllermanager.storage.Volumes;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.PersistentVolume;

/** Deletes the volumes that this provisioner made once they are released. Keys are volumes. */
public final class DeletionController implements Reconciler {

    private static final int WORKERS = 4;

    private final Informer<PersistentVolume> volumes;
    private final StoreClient store;

    private DeletionController(Surroundings surroundings) {
        this.volumes = surroundings.informers().of(PersistentVolume.class);
        this.store = surroundings.store();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        DeletionController controller = new DeletionController(surroundings);
        ReconcileLoop loop =
                new ReconcileLoop("provisioner-deletion", controller, surroundings, WORKERS);
        loop.watch(controller.volumes);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        PersistentVolume volume = volumes.get("", key.name());
        if (volume != null && isOver(volume)) {
            delete(volume);
        }
        return Result.DONE;
    }

    static boolean isOver(PersistentVolume volume) {
        return Volumes.phase(volume).equals("Released")
                && Volumes.reclaimPolicy(volume).equals("Delete")
                && Marks.value(volume, Marks.PROVISIONED_BY).equals(StandardClass.DRIVER)
                && volume.getMetadata().getDeletionTimestamp() == null;
    }

    private void delete(PersistentVolume volume) {
        try {
            store.delete(
                    PersistentVolume.class,
                    "",
                    volume.getMetadata().getName(),
                    Deletion.of(volume.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
