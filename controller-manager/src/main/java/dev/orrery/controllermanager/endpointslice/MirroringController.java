package dev.orrery.controllermanager.endpointslice;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mirrors Endpoints that a user keeps by hand, for a Service that selects nothing, into slices.
 * Keys are Endpoints, and so Services.
 */
public final class MirroringController implements Reconciler {

    private static final int WORKERS = 2;

    private final Informer<Service> services;
    private final Informer<Endpoints> endpoints;
    private final Informer<EndpointSlice> slices;
    private final SliceWriter writer;
    private final EventRecorder events;

    private MirroringController(Surroundings surroundings) {
        this.services = surroundings.informers().of(Service.class);
        this.endpoints = surroundings.informers().of(Endpoints.class);
        this.slices = surroundings.informers().of(EndpointSlice.class);
        this.writer = new SliceWriter(surroundings.store());
        this.events = surroundings.events();
        slices.addIndex(SliceWriter.BY_SERVICE);
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        Surroundings own = surroundings.recordingAs("endpoint-slice-mirroring-controller");
        MirroringController controller = new MirroringController(own);
        ReconcileLoop loop = new ReconcileLoop("endpointslicemirroring", controller, own, WORKERS);
        loop.watch(controller.services);
        loop.watch(controller.endpoints);
        loop.watch(controller.slices, MirroringController::serviceOf);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Endpoints source = endpoints.get(key.namespace(), key.name());
        Service service = services.get(key.namespace(), key.name());
        if (source == null || service == null || !isMirrored(service, source)) {
            existing(key).forEach(writer::delete);
            return Result.DONE;
        }
        MirroredSlices wanted = new MirroredSlices(source);
        if (wanted.skipped() > 0) {
            events.warning(
                    source,
                    "TooManyAddressesToMirror",
                    "A max of %d addresses can be mirrored to EndpointSlices per Endpoints subset. %d addresses were skipped"
                            .formatted(MirroredSlices.MOST_ADDRESSES, wanted.skipped()));
        }
        SlicePlan plan =
                SlicePlan.of(
                        MirroredSlices.template(source), wanted.groups(), Set.of(), existing(key));
        writer.apply(plan, !Owners.isBeingDeleted(source));
        return Result.DONE;
    }

    private static boolean isMirrored(Service service, Endpoints source) {
        Map<String, String> selector = service.getSpec().getSelector();
        return (selector == null || selector.isEmpty()) && MirroredSlices.areWanted(source);
    }

    private List<EndpointSlice> existing(Key key) {
        return slices.byIndex(SliceWriter.BY_SERVICE, key.toString()).stream()
                .filter(slice -> SliceLabels.isManagedBy(slice, MirroredSlices.MANAGER))
                .filter(slice -> !Owners.isBeingDeleted(slice))
                .toList();
    }

    private static List<Key> serviceOf(EndpointSlice slice) {
        return SliceLabels.isManagedBy(slice, MirroredSlices.MANAGER)
                ? List.of(new Key(slice.getMetadata().getNamespace(), SliceLabels.service(slice)))
                : List.of();
    }
}
