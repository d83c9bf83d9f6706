package dev.orrery.controllermanager.podautoscaler;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Scales what HorizontalPodAutoscalers name, every 15 seconds. What went wrong is said in the
 * status and in events, and tried again at the next time.
 */
public final class HorizontalController implements Reconciler {

    private static final int WORKERS = 4;

    /** Kubernetes' own. */
    static final Duration PERIOD = Duration.ofSeconds(15);

    private final Informer<HorizontalPodAutoscaler> autoscalers;
    private final Informer<Pod> pods;
    private final Scales scales;
    private final MetricsSource metrics;
    private final StoreClient store;
    private final InstantSource clock;
    private final EventRecorder events;
    private final Map<Key, Memory> memories = new ConcurrentHashMap<>();
    private final Selections selections = new Selections();

    private HorizontalController(Surroundings surroundings, MetricsSource metrics) {
        this.autoscalers = surroundings.informers().of(HorizontalPodAutoscaler.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.scales = new Scales(surroundings.store());
        this.metrics = metrics;
        this.store = surroundings.store();
        this.clock = surroundings.clock();
        this.events = surroundings.events();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        return loop(surroundings, new ResourceMetricsApi(surroundings.store()));
    }

    public static ReconcileLoop loop(Surroundings surroundings, MetricsSource metrics) {
        Surroundings own = surroundings.recordingAs("horizontal-pod-autoscaler");
        HorizontalController controller = new HorizontalController(own, metrics);
        ReconcileLoop loop = new ReconcileLoop("horizontalpodautoscaler", controller, own, WORKERS);
        controller.autoscalers.addHandler((before, after, change) -> {
            boolean same =
                    before != null && after != null && before.getSpec().equals(after.getSpec());
            HorizontalPodAutoscaler changed = after == null ? before : after;
            if (!same && changed != null) {
                loop.enqueue(Key.of(changed), change);
            }
        });
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        HorizontalPodAutoscaler autoscaler = autoscalers.get(key.namespace(), key.name());
        if (autoscaler == null) {
            memories.remove(key);
            selections.forget(key);
            return Result.DONE;
        }
        Instant now = clock.instant();
        StatusDraft draft = new StatusDraft(autoscaler, now);
        Scale scale = read(autoscaler, draft);
        if (scale != null) {
            act(key, autoscaler, scale, draft, now);
        }
        HorizontalPodAutoscaler next = draft.result();
        if (!next.getStatus().equals(autoscaler.getStatus())) {
            store.updateStatus(next);
        }
        return Result.again(PERIOD);
    }

    private @Nullable Scale read(HorizontalPodAutoscaler autoscaler, StatusDraft draft) {
        try {
            Scale scale = scales.read(autoscaler);
            draft.setAble(
                    Said.yes(
                            "SucceededGetScale",
                            "the HPA controller was able to get the target's current scale"));
            return scale;
        } catch (ApiException e) {
            events.warning(autoscaler, "FailedGetScale", String.valueOf(e.getMessage()));
            draft.setAble(
                    Said.no(
                            "FailedGetScale",
                            "the HPA controller was unable to get the target's current scale: "
                                    + e.getMessage()));
            return null;
        }
    }

    private void act(
            Key key,
            HorizontalPodAutoscaler autoscaler,
            Scale scale,
            StatusDraft draft,
            Instant now) {
        Memory memory = memories.computeIfAbsent(key, _ -> new Memory());
        if (memory.isEmpty()) {
            memory.recommend(scale.replicas(), now);
        }
        selections.remember(key, scale.selector());
        Assessment assessment =
                new Assessment(autoscaler, scale, pods, metrics, selections, events, draft, now);
        switch (assessment.wish(memory)) {
            case Wish.Unknown(String error) -> {
                draft.setCurrent(scale.replicas());
                events.warning(autoscaler, "FailedComputeMetricsReplicas", error);
            }
            case Wish.Stay() -> draft.setReplicas(scale.replicas(), scale.replicas());
            case Wish.Rescale wish -> rescale(autoscaler, scale, wish, memory, draft, now);
        }
    }

    private void rescale(
            HorizontalPodAutoscaler autoscaler,
            Scale scale,
            Wish.Rescale wish,
            Memory memory,
            StatusDraft draft,
            Instant now) {
        String size = "New size: " + wish.replicas() + "; reason: " + wish.reason();
        try {
            scales.write(autoscaler, scale.withReplicas(wish.replicas()));
        } catch (ApiException e) {
            events.warning(autoscaler, "FailedRescale", size + "; error: " + e.getMessage());
            draft.setAble(
                    Said.no(
                            "FailedUpdateScale",
                            "the HPA controller was unable to update the target scale: "
                                    + e.getMessage()));
            draft.setCurrent(scale.replicas());
            return;
        }
        draft.setAble(
                Said.yes(
                        "SucceededRescale",
                        "the HPA controller was able to update the target scale to "
                                + wish.replicas()));
        events.normal(autoscaler, "SuccessfulRescale", size);
        memory.rescale(scale.replicas(), wish.replicas(), now);
        draft.setReplicas(scale.replicas(), wish.replicas());
        draft.setRescaled();
    }
}
