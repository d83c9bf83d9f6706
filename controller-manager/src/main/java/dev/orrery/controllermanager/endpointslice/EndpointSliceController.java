package dev.orrery.controllermanager.endpointslice;

import dev.orrery.controllermanager.owner.Owners;
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
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.List;

/** Keeps the slices of Services that select pods. Keys are Services. */
public final class EndpointSliceController implements Reconciler {

    private static final int WORKERS = 4;

    /** A rollout changes many pods within a moment; each write of a slice is a hundred of them. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final Informer<Service> services;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Informer<EndpointSlice> slices;
    private final SliceWriter writer;
    private final EventRecorder events;
    private final TriggerTimes triggers = new TriggerTimes();

    private EndpointSliceController(Surroundings surroundings) {
        this.services = surroundings.informers().of(Service.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.nodes = surroundings.informers().of(Node.class);
        this.slices = surroundings.informers().of(EndpointSlice.class);
        this.writer = new SliceWriter(surroundings.store());
        this.events = surroundings.events();
        slices.addIndex(SliceWriter.BY_SERVICE);
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        Surroundings own = surroundings.recordingAs("endpoint-slice-controller");
        EndpointSliceController controller = new EndpointSliceController(own);
        ReconcileLoop loop = new ReconcileLoop("endpointslice", controller, own, WORKERS);
        loop.watch(controller.services);
        loop.watch(controller.slices, EndpointSliceController::serviceOf);
        controller.pods.addHandler(
                new ServiceKeys(
                        controller.services,
                        (key, change) -> loop.enqueueAfter(key, GATHERING, change)));
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Service service = services.get(key.namespace(), key.name());
        if (service == null) {
            triggers.forget(key);
        } else if (Backends.areSelected(service)) {
            keep(key, service);
        }
        return Result.DONE;
    }

    private void keep(Key key, Service service) {
        List<Pod> selected = Backends.pods(service, pods.list(key.namespace()));
        ServiceSlices wanted =
                new ServiceSlices(
                        service, Backends.of(service, selected), node -> nodes.get("", node));
        SlicePlan plan =
                SlicePlan.of(
                        ServiceSlices.template(service, triggers.next(service, selected)),
                        wanted.groups(),
                        ServiceSlices.families(service),
                        existing(key));
        apply(service, plan);
        if (!wanted.lost().isEmpty()) {
            throw new IllegalStateException(
                    "the nodes of these pods are not found: " + wanted.lost());
        }
    }

    private void apply(Service service, SlicePlan plan) {
        try {
            writer.apply(plan, !Owners.isBeingDeleted(service));
        } catch (ApiException e) {
            events.warning(
                    service,
                    "FailedToUpdateEndpointSlices",
                    "Error updating Endpoint Slices for Service %s/%s: %s"
                            .formatted(
                                    service.getMetadata().getNamespace(),
                                    service.getMetadata().getName(),
                                    e.getMessage()));
            throw e;
        }
    }

    private List<EndpointSlice> existing(Key service) {
        return slices.byIndex(SliceWriter.BY_SERVICE, service.toString()).stream()
                .filter(slice -> SliceLabels.isManagedBy(slice, ServiceSlices.MANAGER))
                .filter(slice -> !Owners.isBeingDeleted(slice))
                .toList();
    }

    private static List<Key> serviceOf(EndpointSlice slice) {
        return SliceLabels.isManagedBy(slice, ServiceSlices.MANAGER)
                ? List.of(new Key(slice.getMetadata().getNamespace(), SliceLabels.service(slice)))
                : List.of();
    }
}
