package dev.orrery.controllermanager.daemonset;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.owner.Claim;
import dev.orrery.controllermanager.owner.Claimer;
import dev.orrery.controllermanager.owner.Dependents;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.PodWriter;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.pod.SlowStart;
import dev.orrery.controllermanager.revision.History;
import dev.orrery.controllermanager.revision.RevisionKeeper;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps one pod of each DaemonSet on every node that it is meant for. */
public final class DaemonSetController implements Reconciler {

    private static final int WORKERS = 4;
    private static final Index<ControllerRevision> ORPHANS =
            new Index<>("orphans", Owners::namespaceOfOrphan);

    private final Informer<DaemonSet> sets;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Informer<ControllerRevision> revisions;
    private final StoreClient store;
    private final EventRecorder events;
    private final InstantSource clock;
    private final Claimer claimer;
    private final RevisionKeeper keeper;
    private final PodWriter writer;
    private final FailedPodBackoff backoff = new FailedPodBackoff();

    private DaemonSetController(Surroundings surroundings) {
        this.sets = surroundings.informers().of(DaemonSet.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.nodes = surroundings.informers().of(Node.class);
        this.revisions = surroundings.informers().of(ControllerRevision.class);
        this.store = surroundings.store();
        this.events = surroundings.events();
        this.clock = surroundings.clock();
        this.claimer = new Claimer(store);
        this.keeper = new RevisionKeeper(store, DaemonPodStamp.HASH_LABEL);
        this.writer = new PodWriter(store, events);
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        DaemonSetController controller =
                new DaemonSetController(surroundings.recordingAs("daemonset-controller"));
        controller.revisions.addIndex(ORPHANS);
        ReconcileLoop loop = new ReconcileLoop("daemonset", controller, surroundings, WORKERS);
        loop.watch(controller.sets);
        loop.watchOwned(controller.revisions, "DaemonSet");
        controller.pods.addHandler(
                new Dependents<>(
                        DaemonSet.class,
                        controller.sets,
                        set -> Selector.of(set.getSpec().getSelector()),
                        loop::enqueue));
        controller.nodes.addHandler(
                (before, after, change) -> controller.nodeChanged(before, after, change, loop));
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        DaemonSet set = sets.get(key.namespace(), key.name());
        if (set == null) {
            return Result.DONE;
        }
        Selector selector = Selector.of(set.getSpec().getSelector());
        if (selector.selectsEverything()) {
            events.warning(
                    set,
                    "SelectingAll",
                    "This daemon set is selecting all pods. A non-empty selector is required.");
            return Result.DONE;
        }
        History history = history(set, selector);
        List<Pod> held = claimer.carryOut(claim(set, selector), set, Pod.class);
        RevisionKeeper.Kept kept =
                keeper.keep(set, set.getSpec().getTemplate(), history, collisions(set));
        Daemons daemons = Daemons.of(set, hash(kept), nodes.list(), held, clock.instant());
        Carried carried = carryOut(daemons);
        writeStatus(set, DaemonStatus.of(daemons, kept.collisions()));
        if (carried.failure() != null) {
            throw carried.failure();
        }
        keeper.drop(
                history.surplus(
                        inUse(daemons, history, kept), set.getSpec().getRevisionHistoryLimit()));
        return Stream.concat(
                        carried.pause().stream(),
                        Pods.untilNextAvailable(held, daemons.minReadySeconds(), clock.instant())
                                .stream())
                .min(Duration::compareTo)
                .map(Result::again)
                .orElse(Result.DONE);
    }

    /** What came of a plan: what went wrong, and how long a failed pod is to be left alone. */
    private record Carried(@Nullable RuntimeException failure, Optional<Duration> pause) {}

    private Carried carryOut(Daemons daemons) {
        DaemonSet set = daemons.set();
        if (Owners.isBeingDeleted(set)) {
            return new Carried(null, Optional.empty());
        }
        DaemonPlan plan = DaemonPlan.of(daemons);
        try {
            create(daemons, plan.fill());
            plan.remove().stream().limit(DaemonPlan.BURST).forEach(pod -> writer.delete(set, pod));
            return new Carried(null, removeEnded(set, plan.ended()));
        } catch (RuntimeException e) {
            return new Carried(e, Optional.empty());
        }
    }

    private void create(Daemons daemons, List<String> targets) {
        Iterator<String> each = targets.iterator();
        SlowStart.run(
                Math.min(targets.size(), DaemonPlan.BURST),
                () ->
                        writer.create(
                                daemons.set(),
                                DaemonPodStamp.pod(daemons.set(), each.next(), daemons.hash())));
    }

    private Optional<Duration> removeEnded(DaemonSet set, List<Pod> ended) {
        Duration shortest = null;
        for (Pod pod : ended) {
            Duration wait = Duration.ZERO;
            if (Pods.phase(pod).equals("Failed")) {
                wait = backoff.remaining(place(set, pod), clock.instant());
            }
            if (wait.isZero()) {
                tellEnded(set, pod);
                writer.delete(set, pod);
            } else if (shortest == null || wait.compareTo(shortest) < 0) {
                shortest = wait;
            }
        }
        return Optional.ofNullable(shortest);
    }

    private void tellEnded(DaemonSet set, Pod pod) {
        String what =
                "daemon pod %s/%s on node %s"
                        .formatted(
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName(),
                                DaemonPodStamp.node(pod));
        if (Pods.phase(pod).equals("Failed")) {
            events.warning(
                    set, "FailedDaemonPod", "Found failed " + what + ", will try to kill it");
        } else {
            events.normal(
                    set,
                    "SucceededDaemonPod",
                    "Found succeeded " + what + ", will try to delete it");
        }
    }

    private static String place(DaemonSet set, Pod pod) {
        return set.getMetadata().getUid() + "/" + DaemonPodStamp.node(pod);
    }

    private History history(DaemonSet set, Selector selector) {
        List<ControllerRevision> candidates =
                new ArrayList<>(revisions.ownedBy(set.getMetadata().getUid()));
        candidates.addAll(revisions.byIndex(ORPHANS, set.getMetadata().getNamespace()));
        return History.of(
                claimer.carryOut(
                        Claim.of(set, selector, candidates), set, ControllerRevision.class));
    }

    private Claim<Pod> claim(DaemonSet set, Selector selector) {
        List<Pod> candidates = new ArrayList<>(pods.ownedBy(set.getMetadata().getUid()));
        candidates.addAll(pods.byIndex(Pods.ORPHANS, set.getMetadata().getNamespace()));
        return Claim.of(set, selector, candidates);
    }

    /** The names of the revisions that some pod has, and of the newest. */
    private static Set<String> inUse(Daemons daemons, History history, RevisionKeeper.Kept kept) {
        Set<String> hashes =
                daemons.pods().values().stream()
                        .flatMap(List::stream)
                        .map(pod -> pod.getMetadata().getLabels().get(DaemonPodStamp.HASH_LABEL))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        Set<String> names =
                history.revisions().stream()
                        .map(ControllerRevision::getMetadata)
                        .filter(metadata ->
                                hashes.contains(
                                        metadata.getLabels().get(DaemonPodStamp.HASH_LABEL)))
                        .map(metadata -> metadata.getName())
                        .collect(Collectors.toSet());
        names.add(kept.name());
        return names;
    }

    /** An adopted revision may lack the label; its name is as good. */
    private static String hash(RevisionKeeper.Kept kept) {
        return kept.revision()
                .getMetadata()
                .getLabels()
                .getOrDefault(DaemonPodStamp.HASH_LABEL, kept.name());
    }

    private static int collisions(DaemonSet set) {
        Integer count = set.getStatus() == null ? null : set.getStatus().getCollisionCount();
        return count == null ? 0 : count;
    }

    private void writeStatus(DaemonSet set, DaemonSetStatus status) {
        if (!status.equals(set.getStatus())) {
            store.updateStatus(new DaemonSetBuilder(set).withStatus(status).build());
        }
    }

    /** Wakes the sets to which the node is something else than before; heartbeats wake none. */
    private void nodeChanged(
            @Nullable Node before, @Nullable Node after, Change change, ReconcileLoop loop) {
        if (before != null && after != null && !mayMatter(before, after)) {
            return;
        }
        for (DaemonSet set : sets.list()) {
            Placement placement = Placement.of(set);
            Placement.Fit was = before == null ? Placement.Fit.NOT : placement.of(before);
            Placement.Fit is = after == null ? Placement.Fit.NOT : placement.of(after);
            if (was != is) {
                loop.enqueue(Key.of(set), change);
            }
        }
    }

    private static boolean mayMatter(Node before, Node after) {
        return !Objects.equals(before.getMetadata().getLabels(), after.getMetadata().getLabels())
                || !Objects.equals(before.getSpec(), after.getSpec());
    }
}
