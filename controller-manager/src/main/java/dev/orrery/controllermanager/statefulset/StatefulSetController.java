package dev.orrery.controllermanager.statefulset;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.owner.Claim;
import dev.orrery.controllermanager.owner.Claimer;
import dev.orrery.controllermanager.owner.Dependents;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.revision.History;
import dev.orrery.controllermanager.revision.RevisionData;
import dev.orrery.controllermanager.revision.RevisionKeeper;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of pods that StatefulSets ask for. */
public final class StatefulSetController implements Reconciler {

    private static final int WORKERS = 8;
    private static final String HASH_LABEL = "controller.kubernetes.io/hash";
    private static final Index<ControllerRevision> ORPHANS =
            new Index<>("orphans", Owners::namespaceOfOrphan);

    private final Informer<StatefulSet> sets;
    private final Informer<Pod> pods;
    private final Informer<ControllerRevision> revisions;
    private final StoreClient store;
    private final InstantSource clock;
    private final Claimer claimer;
    private final RevisionKeeper keeper;
    private final StatefulWriter writer;

    private StatefulSetController(Surroundings surroundings) {
        this.sets = surroundings.informers().of(StatefulSet.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.revisions = surroundings.informers().of(ControllerRevision.class);
        this.store = surroundings.store();
        this.clock = surroundings.clock();
        this.claimer = new Claimer(store);
        this.keeper = new RevisionKeeper(store, HASH_LABEL);
        this.writer = new StatefulWriter(surroundings);
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        StatefulSetController controller =
                new StatefulSetController(surroundings.recordingAs("statefulset-controller"));
        controller.revisions.addIndex(ORPHANS);
        ReconcileLoop loop = new ReconcileLoop("statefulset", controller, surroundings, WORKERS);
        loop.watch(controller.sets);
        loop.watchOwned(controller.revisions, "StatefulSet");
        controller.pods.addHandler(
                new Dependents<>(
                        StatefulSet.class,
                        controller.sets,
                        set -> Selector.of(set.getSpec().getSelector()),
                        loop::enqueue));
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        StatefulSet set = sets.get(key.namespace(), key.name());
        if (set == null) {
            return Result.DONE;
        }
        Selector selector = Selector.of(set.getSpec().getSelector());
        History history = history(set, selector);
        List<Pod> held = claimer.carryOut(claim(set, selector), set, Pod.class);
        RevisionKeeper.Kept update =
                keeper.keep(set, set.getSpec().getTemplate(), history, collisions(set));
        ControllerRevision current = current(set, history, update.revision());
        Row row =
                Row.of(set, current.getMetadata().getName(), update.name(), held, clock.instant());
        RuntimeException failure = take(row, current);
        writeStatus(set, StatefulStatus.of(row, update.collisions()));
        if (failure != null) {
            throw failure;
        }
        keeper.drop(history.surplus(inUse(row), set.getSpec().getRevisionHistoryLimit()));
        return Pods.untilNextAvailable(
                        row.pods().values(), row.strategy().minReadySeconds(), clock.instant())
                .map(Result::again)
                .orElse(Result.DONE);
    }

    /** Answers what went wrong: the status is to tell how far it came before the next try. */
    private @Nullable RuntimeException take(Row row, ControllerRevision current) {
        StatefulSet set = row.set();
        try {
            if (!Owners.isBeingDeleted(set)) {
                row.pods().values().forEach(pod -> writer.retain(set, pod));
            }
            for (Step step : StatefulPlan.of(row)) {
                writer.take(set, step, revision -> template(set, current, row, revision));
            }
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static PodTemplateSpec template(
            StatefulSet set, ControllerRevision current, Row row, String revision) {
        return revision.equals(row.updateRevision())
                ? set.getSpec().getTemplate()
                : RevisionData.template(current);
    }

    private History history(StatefulSet set, Selector selector) {
        List<ControllerRevision> candidates =
                new ArrayList<>(revisions.ownedBy(set.getMetadata().getUid()));
        candidates.addAll(revisions.byIndex(ORPHANS, set.getMetadata().getNamespace()));
        return History.of(
                claimer.carryOut(
                        Claim.of(set, selector, candidates), set, ControllerRevision.class));
    }

    private Claim<Pod> claim(StatefulSet set, Selector selector) {
        List<Pod> candidates = new ArrayList<>(pods.ownedBy(set.getMetadata().getUid()));
        pods.byIndex(Pods.ORPHANS, set.getMetadata().getNamespace()).stream()
                .filter(orphan -> Ordinals.of(set, orphan) != Ordinals.NONE)
                .forEach(candidates::add);
        return Claim.of(set, selector, candidates);
    }

    private static ControllerRevision current(
            StatefulSet set, History history, ControllerRevision update) {
        String name = set.getStatus() == null ? null : set.getStatus().getCurrentRevision();
        ControllerRevision current = history.named(name);
        return current == null ? update : current;
    }

    private static Set<String> inUse(Row row) {
        Set<String> names = new HashSet<>(List.of(row.currentRevision(), row.updateRevision()));
        for (Pod pod : row.pods().values()) {
            String revision = Row.revision(pod);
            if (revision != null) {
                names.add(revision);
            }
        }
        return names;
    }

    private static int collisions(StatefulSet set) {
        Integer count = set.getStatus() == null ? null : set.getStatus().getCollisionCount();
        return count == null ? 0 : count;
    }

    private void writeStatus(StatefulSet set, StatefulSetStatus status) {
        if (!status.equals(set.getStatus())) {
            store.updateStatus(new StatefulSetBuilder(set).withStatus(status).build());
        }
    }
}
