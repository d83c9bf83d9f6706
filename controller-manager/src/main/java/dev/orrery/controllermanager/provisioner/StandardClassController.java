package dev.orrery.controllermanager.provisioner;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

/**
 * Makes the default class in a new cluster. The driver's object remembers that this was done: who
 * deletes or changes the class later has their way.
 */
public final class StandardClassController implements Reconciler {

    private final Informer<CSIDriver> drivers;
    private final StoreClient store;

    private StandardClassController(Surroundings surroundings) {
        surroundings.informers().of(StorageClass.class);
        this.drivers = surroundings.informers().of(CSIDriver.class);
        this.store = surroundings.store();
    }

    /** Works on one key, once after the start. */
    public static ReconcileLoop loop(Surroundings surroundings) {
        StandardClassController controller = new StandardClassController(surroundings);
        ReconcileLoop loop = new ReconcileLoop("standardclass", controller, surroundings, 1);
        loop.enqueue(new Key("", StandardClass.NAME));
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        if (drivers.get("", StandardClass.DRIVER) == null) {
            create(StandardClass.storageClass());
            create(StandardClass.driver());
        }
        return Result.DONE;
    }

    private void create(HasMetadata object) {
        try {
            store.create(object);
        } catch (ApiException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
    }
}
