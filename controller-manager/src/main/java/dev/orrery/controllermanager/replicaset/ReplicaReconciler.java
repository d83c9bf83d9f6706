package dev.orrery.controllermanager.replicaset;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.owner.Claim;
import dev.orrery.controllermanager.owner.Claimer;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.PodStamp;
import dev.orrery.controllermanager.pod.PodWriter;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.pod.SlowStart;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine of ReplicaSets and ReplicationControllers: keeps their pods at the wanted number. */
final class ReplicaReconciler<T extends HasMetadata> implements Reconciler {

    private final ReplicaKind<T> kind;
    private final Informer<T> sets;
    private final Informer<Pod> pods;
    private final StoreClient store;
    private final InstantSource clock;
    private final Claimer claimer;
    private final PodWriter writer;

    ReplicaReconciler(ReplicaKind<T> kind, Surroundings surroundings) {
        this.kind = kind;
        this.sets = surroundings.informers().of(kind.type());
        this.pods = surroundings.informers().of(Pod.class);
        this.store = surroundings.store();
        this.clock = surroundings.clock();
        this.claimer = new Claimer(store);
        this.writer = new PodWriter(store, surroundings.events());
    }

    @Override
    public Result reconcile(Key key) {
        T object = sets.get(key.namespace(), key.name());
        if (object == null) {
            return Result.DONE;
        }
        ReplicaSet set = kind.view(object);
        List<Pod> active = claimer.carryOut(claim(set), object, Pod.class);
        RuntimeException failure = apply(object, set, active);
        writeStatus(object, set, active, failure);
        if (failure != null) {
            throw failure;
        }
        int minReadySeconds = ReplicaStatus.minReadySeconds(set);
        Optional<Duration> wait = Pods.untilNextAvailable(active, minReadySeconds, clock.instant());
        return wait.map(Result::again).orElse(Result.DONE);
    }

    private Claim<Pod> claim(ReplicaSet set) {
        List<Pod> candidates = new ArrayList<>();
        pods.ownedBy(set.getMetadata().getUid()).stream()
                .filter(Pods::isActive)
                .forEach(candidates::add);
        pods.byIndex(Pods.ORPHANS, set.getMetadata().getNamespace()).stream()
                .filter(Pods::isActive)
                .forEach(candidates::add);
        return Claim.of(set, Selector.of(set.getSpec().getSelector()), candidates);
    }

    /** Answers what went wrong: the status is to tell of it before the key is tried again. */
    private @Nullable RuntimeException apply(T object, ReplicaSet set, List<Pod> active) {
        try {
            switch (ReplicaPlan.of(set, active, siblings(set), clock.instant())) {
                case ReplicaPlan.Keep() -> {}
                case ReplicaPlan.Create(int count) -> create(object, set, count);
                case ReplicaPlan.Delete(List<Pod> surplus) ->
                        surplus.forEach(pod -> writer.delete(object, pod));
            }
            return null;
        } catch (ApiException e) {
            return e.isNamespaceTerminating() ? null : e;
        }
    }

    private void create(T object, ReplicaSet set, int count) {
        Pod pod = PodStamp.pod(object, set.getSpec().getTemplate());
        SlowStart.run(count, () -> writer.create(object, pod));
    }

    /** The pods of all sets with the same controller; of a set without one, its own. */
    private Collection<Pod> siblings(ReplicaSet set) {
        OwnerReference controller = Owners.controllerOf(set);
        if (controller == null) {
            return pods.ownedBy(set.getMetadata().getUid());
        }
        List<Pod> siblings = new ArrayList<>();
        for (T sibling : sets.ownedBy(controller.getUid())) {
            siblings.addAll(pods.ownedBy(sibling.getMetadata().getUid()));
        }
        return siblings;
    }

    private void writeStatus(
            T object, ReplicaSet set, List<Pod> active, @Nullable RuntimeException failure) {
        List<Pod> terminating =
                pods.ownedBy(set.getMetadata().getUid()).stream()
                        .filter(Pods::isTerminating)
                        .toList();
        ReplicaSetStatus status =
                ReplicaStatus.of(set, active, terminating, failure, clock.instant());
        T updated = kind.withStatus(object, status);
        if (!kind.view(updated).getStatus().equals(set.getStatus())) {
            store.updateStatus(updated);
        }
    }
}
