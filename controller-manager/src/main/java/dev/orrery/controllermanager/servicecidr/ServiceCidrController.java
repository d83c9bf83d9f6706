package dev.orrery.controllermanager.servicecidr;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddress;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Says that a ServiceCIDR is ready, and keeps one that is deleted until nobody needs it. */
public final class ServiceCidrController implements Reconciler {

    static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";

    private static final int WORKERS = 1;

    /** Until the allocators know that the range is going. */
    private static final Duration DELETION_GRACE = Duration.ofSeconds(10);

    private final Informer<ServiceCIDR> ranges;
    private final Informer<IPAddress> addresses;
    private final StoreClient store;
    private final InstantSource clock;

    private ServiceCidrController(Surroundings surroundings) {
        this.ranges = surroundings.informers().of(ServiceCIDR.class);
        this.addresses = surroundings.informers().of(IPAddress.class);
        this.store = surroundings.store();
        this.clock = surroundings.clock();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        ServiceCidrController controller = new ServiceCidrController(surroundings);
        ReconcileLoop loop = new ReconcileLoop("servicecidr", controller, surroundings, WORKERS);
        loop.watch(controller.ranges);
        controller.ranges.addHandler((_, _, change) -> controller.wakeLeaving(loop, change));
        controller.addresses.addHandler((_, _, change) -> controller.wakeLeaving(loop, change));
        return loop;
    }

    private void wakeLeaving(ReconcileLoop loop, Change change) {
        ranges.list().stream()
                .filter(Owners::isBeingDeleted)
                .forEach(range -> loop.enqueue(Key.of(range), change));
    }

    @Override
    public Result reconcile(Key key) {
        ServiceCIDR range = ranges.get("", key.name());
        if (range == null) {
            return Result.DONE;
        }
        if (Owners.isBeingDeleted(range)) {
            return release(range);
        }
        if (!range.getMetadata().getFinalizers().contains(FINALIZER)) {
            store.update(
                    new ServiceCIDRBuilder(range)
                            .editMetadata()
                            .addToFinalizers(FINALIZER)
                            .endMetadata()
                            .build());
            return Result.DONE;
        }
        setReady(range, "True", "", "Kubernetes Service CIDR is ready");
        return Result.DONE;
    }

    private Result release(ServiceCIDR range) {
        if (!RangeUse.isFree(range, ranges.list(), addresses.list())) {
            setReady(
                    range,
                    "False",
                    "Terminating",
                    "There are still IPAddresses referencing the ServiceCIDR, please remove them or"
                            + " create a new ServiceCIDR");
            return Result.DONE;
        }
        Duration left =
                Duration.between(
                        clock.instant(),
                        Timestamps.parse(range.getMetadata().getDeletionTimestamp())
                                .plus(DELETION_GRACE));
        if (left.isPositive()) {
            return Result.again(left);
        }
        store.update(
                new ServiceCIDRBuilder(range)
                        .editMetadata()
                        .removeFromFinalizers(FINALIZER)
                        .endMetadata()
                        .build());
        return Result.DONE;
    }

    /** Writes nothing where that is said already. */
    private void setReady(ServiceCIDR range, String status, String reason, String message) {
        List<Condition> present =
                range.getStatus() == null ? List.of() : range.getStatus().getConditions();
        boolean said =
                present.stream()
                        .anyMatch(condition ->
                                condition.getType().equals("Ready")
                                        && condition.getStatus().equals(status));
        if (!said) {
            store.updateStatus(
                    new ServiceCIDRBuilder(range)
                            .withNewStatus()
                            .withConditions(
                                    new ConditionBuilder()
                                            .withType("Ready")
                                            .withStatus(status)
                                            .withReason(reason)
                                            .withMessage(message)
                                            .withLastTransitionTime(
                                                    Timestamps.format(clock.instant()))
                                            .build())
                            .endStatus()
                            .build());
        }
    }
}
