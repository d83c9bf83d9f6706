package dev.orrery.controllermanager.rootca;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;

/** Keeps the ConfigMap {@code kube-root-ca.crt} in every namespace. Keys are namespaces. */
public final class RootCaController implements Reconciler {

    private static final int WORKERS = 2;

    private final Informer<Namespace> namespaces;
    private final Informer<ConfigMap> maps;
    private final StoreClient store;
    private final String certificate;

    private RootCaController(Surroundings surroundings, String certificate) {
        this.namespaces = surroundings.informers().of(Namespace.class);
        this.maps = surroundings.informers().of(ConfigMap.class);
        this.store = surroundings.store();
        this.certificate = certificate;
    }

    /**
     * @param certificate the cluster's certificate authority, PEM
     */
    public static ReconcileLoop loop(Surroundings surroundings, String certificate) {
        RootCaController controller = new RootCaController(surroundings, certificate);
        ReconcileLoop loop = new ReconcileLoop("rootca", controller, surroundings, WORKERS);
        loop.watch(controller.namespaces);
        loop.watch(controller.maps, RootCaController::namespaceOfCopy);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Namespace namespace = namespaces.get("", key.name());
        if (namespace == null) {
            return Result.DONE;
        }
        ConfigMap present = maps.get(key.name(), RootCaPlan.NAME);
        switch (RootCaPlan.of(namespace, present, certificate)) {
            case RootCaPlan.Keep() -> {}
            case RootCaPlan.Create(ConfigMap map) -> create(map);
            case RootCaPlan.Correct(ConfigMap map) -> store.update(map);
        }
        return Result.DONE;
    }

    private void create(ConfigMap map) {
        try {
            store.create(map);
        } catch (ApiException e) {
            if (!e.isAlreadyExists() && !e.isNamespaceTerminating() && !e.isNotFound()) {
                throw e;
            }
        }
    }

    private static List<Key> namespaceOfCopy(ConfigMap map) {
        return map.getMetadata().getName().equals(RootCaPlan.NAME)
                ? List.of(new Key("", map.getMetadata().getNamespace()))
                : List.of();
    }
}
