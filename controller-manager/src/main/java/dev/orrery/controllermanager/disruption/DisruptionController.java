package dev.orrery.controllermanager.disruption;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in every PodDisruptionBudget how many of its pods may be disrupted now. */
public final class DisruptionController implements Reconciler {

    private static final int WORKERS = 2;

    private final Informer<PodDisruptionBudget> budgets;
    private final Informer<Pod> pods;
    private final Scales scales;
    private final StoreClient store;
    private final InstantSource clock;
    private final EventRecorder events;

    private DisruptionController(Surroundings surroundings) {
        this.budgets = surroundings.informers().of(PodDisruptionBudget.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.scales = new Scales(surroundings.informers());
        this.store = surroundings.store();
        this.clock = surroundings.clock();
        this.events = surroundings.events();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        Surroundings own = surroundings.recordingAs("controllermanager");
        DisruptionController controller = new DisruptionController(own);
        ReconcileLoop loop = new ReconcileLoop("disruption", controller, own, WORKERS);
        loop.watch(controller.budgets);
        controller.pods.addHandler(
                (before, after, change) -> controller.wake(loop, before, after, change));
        return loop;
    }

    private void wake(
            ReconcileLoop loop, @Nullable Pod before, @Nullable Pod after, Change change) {
        Pod pod = after != null ? after : before;
        if (pod == null) {
            return;
        }
        for (PodDisruptionBudget budget : budgets.list(pod.getMetadata().getNamespace())) {
            Selector selector = Selector.of(budget.getSpec().getSelector());
            if ((before != null && selector.matches(before))
                    || (after != null && selector.matches(after))) {
                loop.enqueue(Key.of(budget), change);
            }
        }
    }

    @Override
    public Result reconcile(Key key) {
        PodDisruptionBudget budget = budgets.get(key.namespace(), key.name());
        if (budget == null) {
            return Result.DONE;
        }
        Selector selector = Selector.of(budget.getSpec().getSelector());
        List<Pod> covered = pods.list(key.namespace()).stream().filter(selector::matches).toList();
        BudgetPlan plan = BudgetPlan.of(budget, covered, scales::of, clock.instant());
        if (!plan.status().equals(budget.getStatus())) {
            store.updateStatus(
                    new PodDisruptionBudgetBuilder(budget).withStatus(plan.status()).build());
            tell(budget, covered, plan);
        }
        return plan.recheck().map(left -> Result.again(left.plusMillis(1))).orElse(Result.DONE);
    }

    private void tell(PodDisruptionBudget budget, List<Pod> covered, BudgetPlan plan) {
        if (covered.isEmpty()) {
            events.normal(budget, "NoPods", "No matching pods found");
        }
        if (BudgetEvents.isFailure(plan.status())) {
            events.warning(
                    budget,
                    "CalculateExpectedPodCountFailed",
                    "Failed to calculate the number of expected pods: "
                            + BudgetEvents.failure(plan.status()));
        }
        if (plan.unmanaged()) {
            events.warning(budget, "UnmanagedPods", BudgetEvents.unmanaged(budget));
        }
        for (Pod pod : plan.spared()) {
            events.warning(pod, "NotDeleted", BudgetEvents.notDeleted(budget));
        }
    }
}
