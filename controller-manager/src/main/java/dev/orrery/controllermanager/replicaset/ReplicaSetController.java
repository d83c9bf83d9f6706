package dev.orrery.controllermanager.replicaset;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.owner.Dependents;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

/** The loops of the kinds that keep a number of equal pods alive. */
public final class ReplicaSetController {

    private static final int WORKERS = 8;

    private ReplicaSetController() {}

    public static ReconcileLoop loop(Surroundings surroundings) {
        return loop(
                "replicaset", new ReplicaSets(), surroundings.recordingAs("replicaset-controller"));
    }

    /** The same engine for another kind. */
    public static <T extends HasMetadata> ReconcileLoop loop(
            String name, ReplicaKind<T> kind, Surroundings surroundings) {
        Informer<T> sets = surroundings.informers().of(kind.type());
        ReconcileLoop loop =
                new ReconcileLoop(
                        name, new ReplicaReconciler<>(kind, surroundings), surroundings, WORKERS);
        loop.watch(sets);
        surroundings
                .informers()
                .of(Pod.class)
                .addHandler(
                        new Dependents<>(
                                kind.type(),
                                sets,
                                set -> Selector.of(kind.view(set).getSpec().getSelector()),
                                loop::enqueue));
        return loop;
    }
}
