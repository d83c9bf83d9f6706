package dev.orrery.controllermanager.endpoints;

import dev.orrery.controllermanager.service.Backends;
import dev.orrery.controllermanager.service.ServiceKeys;
import dev.orrery.controllermanager.service.TriggerTimes;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the Endpoints of Services that select pods. Keys are Services. Endpoints without a Service
 * are left alone, unless they were made here; those of a Service that is deleted go with it,
 * whoever made them.
 */
public final class EndpointsController implements Reconciler {

    private static final int WORKERS = 4;

    /** As for slices: many pods change within a moment, and all are in one object. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final Informer<Service> services;
    private final Informer<Pod> pods;
    private final Informer<Endpoints> endpoints;
    private final StoreClient store;
    private final EventRecorder events;
    private final TriggerTimes triggers = new TriggerTimes();

    private EndpointsController(Surroundings surroundings) {
        this.services = surroundings.informers().of(Service.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.endpoints = surroundings.informers().of(Endpoints.class);
        this.store = surroundings.store();
        this.events = surroundings.events();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        Surroundings own = surroundings.recordingAs("endpoint-controller");
        EndpointsController controller = new EndpointsController(own);
        ReconcileLoop loop = new ReconcileLoop("endpoints", controller, own, WORKERS);
        loop.watch(controller.services);
        controller.endpoints.addHandler((before, after, change) -> {
            if (after == null && before != null) {
                loop.enqueue(Key.of(before), change);
            } else if (after != null && isOwn(after)) {
                loop.enqueue(Key.of(after), change);
            }
        });
        controller.pods.addHandler(
                new ServiceKeys(
                        controller.services,
                        (key, change) -> loop.enqueueAfter(key, GATHERING, change)));
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Service service = services.get(key.namespace(), key.name());
        Endpoints present = endpoints.get(key.namespace(), key.name());
        if (service == null) {
            triggers.forget(key);
            delete(present);
        } else if (Backends.areSelected(service)) {
            keep(service, present);
        }
        return Result.DONE;
    }

    private void keep(Service service, @Nullable Endpoints present) {
        List<Pod> selected =
                Backends.pods(service, pods.list(service.getMetadata().getNamespace()));
        var trigger = triggers.next(service, selected);
        var backends = Backends.of(service, selected);
        switch (EndpointsPlan.of(service, backends, trigger, present)) {
            case EndpointsPlan.Keep() -> {}
            case EndpointsPlan.Create(Endpoints wanted) -> create(wanted);
            case EndpointsPlan.Update(Endpoints wanted) -> update(wanted);
        }
    }

    private void create(Endpoints wanted) {
        try {
            store.create(wanted);
        } catch (ApiException e) {
            if (e.isNamespaceTerminating()) {
                return;
            }
            complain(wanted, "FailedToCreateEndpoint", "create endpoint for service", e);
            throw e;
        }
    }

    private void update(Endpoints wanted) {
        try {
            store.update(wanted);
        } catch (ApiException e) {
            complain(wanted, "FailedToUpdateEndpoint", "update endpoint", e);
            throw e;
        }
    }

    private void complain(Endpoints wanted, String reason, String what, ApiException e) {
        events.warning(
                wanted,
                reason,
                "Failed to %s %s/%s: %s"
                        .formatted(
                                what,
                                wanted.getMetadata().getNamespace(),
                                wanted.getMetadata().getName(),
                                e.getMessage()));
    }

    private void delete(@Nullable Endpoints present) {
        if (present == null) {
            return;
        }
        try {
            store.delete(
                    Endpoints.class,
                    present.getMetadata().getNamespace(),
                    present.getMetadata().getName(),
                    Deletion.of(present.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static boolean isOwn(Endpoints present) {
        Map<String, String> labels = present.getMetadata().getLabels();
        return labels != null && EndpointsPlan.MANAGER.equals(labels.get(EndpointsPlan.MANAGED_BY));
    }
}
