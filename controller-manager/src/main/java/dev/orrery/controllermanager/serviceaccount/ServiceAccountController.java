package dev.orrery.controllermanager.serviceaccount;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;

/** Gives every namespace its default service account. Keys are namespaces. */
public final class ServiceAccountController implements Reconciler {

    private static final int WORKERS = 2;

    private final Informer<Namespace> namespaces;
    private final Informer<ServiceAccount> accounts;
    private final StoreClient store;

    private ServiceAccountController(Surroundings surroundings) {
        this.namespaces = surroundings.informers().of(Namespace.class);
        this.accounts = surroundings.informers().of(ServiceAccount.class);
        this.store = surroundings.store();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        ServiceAccountController controller = new ServiceAccountController(surroundings);
        ReconcileLoop loop = new ReconcileLoop("serviceaccount", controller, surroundings, WORKERS);
        loop.watch(controller.namespaces);
        loop.watch(controller.accounts, ServiceAccountController::namespaceOfDefault);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Namespace namespace = namespaces.get("", key.name());
        if (namespace != null) {
            DefaultAccountPlan.of(namespace, accounts.get(key.name(), DefaultAccountPlan.NAME))
                    .missing()
                    .ifPresent(this::create);
        }
        return Result.DONE;
    }

    private void create(ServiceAccount account) {
        try {
            store.create(account);
        } catch (ApiException e) {
            if (!e.isAlreadyExists() && !e.isNamespaceTerminating() && !e.isNotFound()) {
                throw e;
            }
        }
    }

    private static List<Key> namespaceOfDefault(ServiceAccount account) {
        return account.getMetadata().getName().equals(DefaultAccountPlan.NAME)
                ? List.of(new Key("", account.getMetadata().getNamespace()))
                : List.of();
    }
}
