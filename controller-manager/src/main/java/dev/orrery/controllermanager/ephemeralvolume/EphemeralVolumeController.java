package dev.orrery.controllermanager.ephemeralvolume;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;

/**
 * Gives pods the claims of their generic ephemeral volumes. The pod owns them: the garbage
 * collector takes them away after it. Keys are pods.
 */
public final class EphemeralVolumeController implements Reconciler {

    private static final int WORKERS = 4;

    private final Informer<Pod> pods;
    private final Informer<PersistentVolumeClaim> claims;
    private final StoreClient store;
    private final EventRecorder events;

    private EphemeralVolumeController(Surroundings surroundings) {
        this.pods = surroundings.informers().of(Pod.class);
        this.claims = surroundings.informers().of(PersistentVolumeClaim.class);
        this.store = surroundings.store();
        this.events = surroundings.events();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        EphemeralVolumeController controller =
                new EphemeralVolumeController(surroundings.recordingAs("ephemeral_volume"));
        ReconcileLoop loop =
                new ReconcileLoop("ephemeral-volume", controller, surroundings, WORKERS);
        loop.watch(controller.pods, pod -> has(pod) ? List.of(Key.of(pod)) : List.of());
        loop.watchOwned(controller.claims, "Pod");
        return loop;
    }

    private static boolean has(Pod pod) {
        return pod.getSpec().getVolumes().stream().anyMatch(each -> each.getEphemeral() != null);
    }

    @Override
    public Result reconcile(Key key) {
        Pod pod = pods.get(key.namespace(), key.name());
        if (pod != null && !Owners.isBeingDeleted(pod)) {
            for (Volume volume : pod.getSpec().getVolumes()) {
                provide(pod, volume);
            }
        }
        return Result.DONE;
    }

    private void provide(Pod pod, Volume volume) {
        if (volume.getEphemeral() == null) {
            return;
        }
        String name = Claims.claimName(pod, volume);
        PersistentVolumeClaim present = claims.get(pod.getMetadata().getNamespace(), name);
        if (present == null) {
            create(claim(pod, name, volume.getEphemeral().getVolumeClaimTemplate()));
        } else if (!Owners.isControlledBy(present, pod)) {
            events.warning(
                    pod,
                    "FailedBinding",
                    "ephemeral volume %s: PVC %s was not created for pod %s (pod is not owner)"
                            .formatted(volume.getName(), Claims.path(present), Key.of(pod)));
        }
    }

    private static PersistentVolumeClaim claim(
            Pod pod, String name, PersistentVolumeClaimTemplate template) {
        ObjectMeta given =
                template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        return new PersistentVolumeClaimBuilder()
                .withMetadata(
                        new ObjectMetaBuilder()
                                .withNamespace(pod.getMetadata().getNamespace())
                                .withName(name)
                                .withLabels(given.getLabels())
                                .withAnnotations(given.getAnnotations())
                                .withOwnerReferences(Owners.controllerReference(pod))
                                .build())
                .withSpec(template.getSpec())
                .build();
    }

    private void create(PersistentVolumeClaim claim) {
        try {
            store.create(claim);
        } catch (ApiException e) {
            if (!e.isAlreadyExists() && !e.isNamespaceTerminating()) {
                throw e;
            }
        }
    }
}
