package dev.orrery.controllermanager.disruption;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes back that a pod is about to be disrupted, where two minutes later nobody has deleted it.
 * Keys are pods.
 */
public final class StaleDisruptions implements Reconciler {

    private static final int WORKERS = 1;
    private static final String DISRUPTION_TARGET = "DisruptionTarget";

    /** Kubernetes' own. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Informer<Pod> pods;
    private final StoreClient store;
    private final InstantSource clock;

    private StaleDisruptions(Surroundings surroundings) {
        this.pods = surroundings.informers().of(Pod.class);
        this.store = surroundings.store();
        this.clock = surroundings.clock();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        StaleDisruptions controller = new StaleDisruptions(surroundings);
        ReconcileLoop loop =
                new ReconcileLoop("staledisruption", controller, surroundings, WORKERS);
        controller.pods.addHandler((_, pod, change) -> {
            if (pod != null && promise(pod) != null) {
                loop.enqueue(Key.of(pod), change);
            }
        });
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Pod pod = pods.get(key.namespace(), key.name());
        PodCondition promise = pod == null ? null : promise(pod);
        if (pod == null || promise == null) {
            return Result.DONE;
        }
        Duration left =
                Duration.between(
                        clock.instant(),
                        Timestamps.parse(promise.getLastTransitionTime()).plus(PATIENCE));
        if (left.isPositive()) {
            return Result.again(left);
        }
        store.updateStatus(takenBack(pod));
        return Result.DONE;
    }

    /** That of the kubelet holds, however long it takes; an ended pod is none to save. */
    private static @Nullable PodCondition promise(Pod pod) {
        PodCondition condition = Pods.condition(pod, DISRUPTION_TARGET);
        boolean stands =
                condition != null
                        && condition.getStatus().equals("True")
                        && !"TerminationByKubelet".equals(condition.getReason())
                        && !Owners.isBeingDeleted(pod)
                        && !Pods.isEnded(pod);
        return stands ? condition : null;
    }

    private Pod takenBack(Pod pod) {
        return new PodBuilder(pod)
                .editStatus()
                .removeMatchingFromConditions(
                        condition -> DISRUPTION_TARGET.equals(condition.getType()))
                .addToConditions(
                        new PodConditionBuilder()
                                .withType(DISRUPTION_TARGET)
                                .withStatus("False")
                                .withLastTransitionTime(Timestamps.format(clock.instant()))
                                .build())
                .endStatus()
                .build();
    }
}
