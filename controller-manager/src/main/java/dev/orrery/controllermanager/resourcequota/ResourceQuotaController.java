package dev.orrery.controllermanager.resourcequota;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.informer.MetadataInformer;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is used of every quota. Admission counts for itself and does not wait for this.
 */
public final class ResourceQuotaController implements Reconciler {

    private static final int WORKERS = 2;

    /** A namespace that fills up is counted a few times a second, not once for every object. */
    private static final Duration GATHERING = Duration.ofMillis(200);

    /**
     * Counting costs in proportion to the pods, and so is done more rarely where there are many.
     */
    private static final int PODS_PER_MILLISECOND = 10;

    /** What changes as time passes, and tells nobody: pods that should have gone. */
    private static final Duration RECOUNT = Duration.ofMinutes(5);

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");

    private final Informer<ResourceQuota> quotas;
    private final Informer<Pod> pods;
    private final Informer<Service> services;
    private final Informer<PersistentVolumeClaim> claims;
    private final MetadataInformer metadata;
    private final StoreClient store;
    private final InstantSource clock;

    private ResourceQuotaController(Surroundings surroundings) {
        this.quotas = surroundings.informers().of(ResourceQuota.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.services = surroundings.informers().of(Service.class);
        this.claims = surroundings.informers().of(PersistentVolumeClaim.class);
        this.metadata = surroundings.informers().metadata();
        this.store = surroundings.store();
        this.clock = surroundings.clock();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        ResourceQuotaController controller = new ResourceQuotaController(surroundings);
        ReconcileLoop loop = new ReconcileLoop("resourcequota", controller, surroundings, WORKERS);
        loop.watch(controller.quotas);
        controller.pods.addHandler((before, after, change) -> {
            if (before != null && after != null && takesOtherwise(before, after)) {
                controller.recount(after.getMetadata().getNamespace(), change, loop);
            }
        });
        controller.recountOnUpdate(controller.services, loop);
        controller.recountOnUpdate(controller.claims, loop);
        controller.metadata.addHandler((before, after, change) -> {
            if (before == null && after != null) {
                controller.recount(after.key().namespace(), change, loop);
            } else if (before != null && after == null) {
                controller.recount(before.key().namespace(), change, loop);
            }
        });
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        ResourceQuota quota = quotas.get(key.namespace(), key.name());
        if (quota == null || quota.getMetadata().getDeletionTimestamp() != null) {
            return Result.DONE;
        }
        QuotaPlan.of(quota, content(key.namespace()), clock.instant())
                .status()
                .ifPresent(status -> write(quota, status));
        return Result.again(RECOUNT);
    }

    private Content content(String namespace) {
        return Content.of(
                metadata.list(namespace),
                Map.of(
                        PODS,
                        pods.list(namespace),
                        SERVICES,
                        services.list(namespace),
                        CLAIMS,
                        claims.list(namespace)));
    }

    private void write(ResourceQuota quota, ResourceQuotaStatus status) {
        store.updateStatus(new ResourceQuotaBuilder(quota).withStatus(status).build());
    }

    /** A pod's status changes many times while it takes the same. */
    private static boolean takesOtherwise(Pod before, Pod after) {
        return !Objects.equals(phase(before), phase(after))
                || !Objects.equals(
                        before.getMetadata().getDeletionTimestamp(),
                        after.getMetadata().getDeletionTimestamp())
                || !Objects.equals(
                        before.getMetadata().getGeneration(), after.getMetadata().getGeneration());
    }

    private static @Nullable String phase(Pod pod) {
        return pod.getStatus() == null ? null : pod.getStatus().getPhase();
    }

    private <T extends HasMetadata> void recountOnUpdate(Informer<T> informer, ReconcileLoop loop) {
        informer.addHandler((before, after, change) -> {
            if (before != null && after != null) {
                recount(after.getMetadata().getNamespace(), change, loop);
            }
        });
    }

    private void recount(String namespace, Change change, ReconcileLoop loop) {
        if (namespace.isEmpty()) {
            return;
        }
        for (ResourceQuota quota : quotas.list(namespace)) {
            loop.enqueueAfter(Key.of(quota), delay(namespace), change);
        }
    }

    private Duration delay(String namespace) {
        return GATHERING.plusMillis(pods.list(namespace).size() / PODS_PER_MILLISECOND);
    }
}
