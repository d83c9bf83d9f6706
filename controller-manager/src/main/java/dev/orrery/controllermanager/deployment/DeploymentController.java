package dev.orrery.controllermanager.deployment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.owner.Claim;
import dev.orrery.controllermanager.owner.Claimer;
import dev.orrery.controllermanager.owner.Dependents;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.PatchType;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rolls Deployments out. */
public final class DeploymentController implements Reconciler {

    private static final int WORKERS = 8;
    private static final Index<ReplicaSet> ORPHANS =
            new Index<>("orphans", Owners::namespaceOfOrphan);

    private final Surroundings surroundings;
    private final Informer<Deployment> deployments;
    private final Informer<ReplicaSet> sets;
    private final Informer<Pod> pods;
    private final InstantSource clock;
    private final Claimer claimer;
    private final ReplicaSetWriter writer;

    private DeploymentController(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.deployments = surroundings.informers().of(Deployment.class);
        this.sets = surroundings.informers().of(ReplicaSet.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.clock = surroundings.clock();
        this.claimer = new Claimer(surroundings.store());
        this.writer = new ReplicaSetWriter(surroundings);
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        DeploymentController controller =
                new DeploymentController(surroundings.recordingAs("deployment-controller"));
        controller.sets.addIndex(ORPHANS);
        ReconcileLoop loop = new ReconcileLoop("deployment", controller, surroundings, WORKERS);
        loop.watch(controller.deployments);
        controller.sets.addHandler(
                new Dependents<>(
                        Deployment.class,
                        controller.deployments,
                        deployment -> Selector.of(deployment.getSpec().getSelector()),
                        loop::enqueue));
        controller.pods.addHandler(
                (before, after, change) -> controller.podGone(before, after, change, loop));
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Deployment deployment = deployments.get(key.namespace(), key.name());
        if (deployment == null) {
            return Result.DONE;
        }
        Selector selector = Selector.of(deployment.getSpec().getSelector());
        if (selector.selectsEverything()) {
            return refuseToSelectAll(deployment);
        }
        List<ReplicaSet> held =
                claimer.carryOut(claim(deployment, selector), deployment, ReplicaSet.class);
        DeploymentPlan plan = DeploymentPlan.of(deployment, held, podsOf(held), clock.instant());
        if (writer.apply(deployment, plan) == ReplicaSetWriter.Applied.WITH_COLLISION) {
            // The status has changed: the next run makes a set of another name.
            return Result.DONE;
        }
        Deployment numbered = writeRevision(deployment, plan.revision());
        writeStatus(numbered, plan.status());
        return plan.recheck().map(Result::again).orElse(Result.DONE);
    }

    private Result refuseToSelectAll(Deployment deployment) {
        surroundings
                .events()
                .warning(
                        deployment,
                        "SelectingAll",
                        "This deployment is selecting all pods. A non-empty selector is required.");
        DeploymentStatus status = deployment.getStatus();
        writeStatus(
                deployment,
                (status == null
                                ? new DeploymentStatusBuilder()
                                : new DeploymentStatusBuilder(status))
                        .withObservedGeneration(deployment.getMetadata().getGeneration())
                        .build());
        return Result.DONE;
    }

    private Claim<ReplicaSet> claim(Deployment deployment, Selector selector) {
        List<ReplicaSet> candidates =
                new ArrayList<>(sets.ownedBy(deployment.getMetadata().getUid()));
        for (ReplicaSet orphan : sets.byIndex(ORPHANS, deployment.getMetadata().getNamespace())) {
            if (!candidates.contains(orphan)) {
                candidates.add(orphan);
            }
        }
        return Claim.of(deployment, selector, candidates);
    }

    private List<Pod> podsOf(Collection<ReplicaSet> held) {
        return held.stream()
                .flatMap(set -> pods.ownedBy(set.getMetadata().getUid()).stream())
                .toList();
    }

    private Deployment writeRevision(Deployment deployment, @Nullable String revision) {
        if (revision == null || revision.equals(Revisions.revision(deployment))) {
            return deployment;
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").putObject("annotations").put(Revisions.REVISION, revision);
        return surroundings
                .store()
                .patch(
                        Deployment.class,
                        deployment.getMetadata().getNamespace(),
                        deployment.getMetadata().getName(),
                        "",
                        PatchType.MERGE,
                        patch);
    }

    private void writeStatus(Deployment deployment, DeploymentStatus status) {
        if (!status.equals(deployment.getStatus())) {
            surroundings
                    .store()
                    .updateStatus(new DeploymentBuilder(deployment).withStatus(status).build());
        }
    }

    /** A Recreate rollout waits for the last old pod to be gone. */
    private void podGone(
            @Nullable Pod before, @Nullable Pod after, Change change, ReconcileLoop loop) {
        if (before == null || after != null) {
            return;
        }
        OwnerReference owner = Owners.controllerOf(before);
        if (owner == null || !owner.getKind().equals("ReplicaSet")) {
            return;
        }
        String namespace = before.getMetadata().getNamespace();
        ReplicaSet set = sets.get(namespace, owner.getName());
        OwnerReference deployment = set == null ? null : Owners.controllerOf(set);
        if (deployment != null) {
            loop.enqueue(new Key(namespace, deployment.getName()), change);
        }
    }
}
