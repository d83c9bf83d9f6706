package dev.orrery.controllermanager.volumeprotection;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Keeps claims that are being deleted until no pod on a node uses them. Keys are claims. */
public final class ClaimProtection implements Reconciler {

    private static final int WORKERS = 2;

    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<Pod> pods;
    private final StoreClient store;

    private ClaimProtection(Surroundings surroundings) {
        this.claims = surroundings.informers().of(PersistentVolumeClaim.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.store = surroundings.store();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        ClaimProtection controller = new ClaimProtection(surroundings);
        controller.pods.addIndex(Claims.USERS);
        ReconcileLoop loop = new ReconcileLoop("pvc-protection", controller, surroundings, WORKERS);
        loop.watch(controller.claims);
        loop.watch(controller.pods, controller::goingClaims);
        return loop;
    }

    private Collection<Key> goingClaims(Pod pod) {
        List<Key> keys = new ArrayList<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            String name = Claims.claimName(pod, volume);
            Key key = new Key(pod.getMetadata().getNamespace(), name);
            PersistentVolumeClaim claim =
                    name.isEmpty() ? null : claims.get(key.namespace(), key.name());
            if (claim != null && Owners.isBeingDeleted(claim)) {
                keys.add(key);
            }
        }
        return keys;
    }

    @Override
    public Result reconcile(Key key) {
        PersistentVolumeClaim claim = claims.get(key.namespace(), key.name());
        if (claim != null) {
            Protection.OF_CLAIMS
                    .change(claim, isUsed(claim))
                    .ifPresent(finalizers ->
                            store.update(
                                    new PersistentVolumeClaimBuilder(claim)
                                            .editMetadata()
                                            .withFinalizers(finalizers)
                                            .endMetadata()
                                            .build()));
        }
        return Result.DONE;
    }

    private boolean isUsed(PersistentVolumeClaim claim) {
        return pods.byIndex(Claims.USERS, Claims.path(claim)).stream()
                .anyMatch(pod -> uses(pod, claim));
    }

    /** A pod that ended still has its claims; one that was given its claim lets it go then. */
    private static boolean uses(Pod pod, PersistentVolumeClaim claim) {
        if (Pods.nodeName(pod).isEmpty()) {
            return false;
        }
        boolean own = Owners.isControlledBy(claim, pod);
        return !own || !(Pods.isEnded(pod) && Owners.isBeingDeleted(pod));
    }
}
