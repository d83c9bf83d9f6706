package dev.orrery.controllermanager.podautoscaler;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.label.SelectorText;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at an autoscaler's target: what the bounds and the metrics ask for. One thread. */
final class Assessment {

    private final HorizontalPodAutoscaler autoscaler;
    private final Scale scale;
    private final Informer<Pod> pods;
    private final MetricsSource metrics;
    private final Selections selections;
    private final EventRecorder events;
    private final StatusDraft draft;
    private final Instant now;

    Assessment(
            HorizontalPodAutoscaler autoscaler,
            Scale scale,
            Informer<Pod> pods,
            MetricsSource metrics,
            Selections selections,
            EventRecorder events,
            StatusDraft draft,
            Instant now) {
        this.autoscaler = autoscaler;
        this.scale = scale;
        this.pods = pods;
        this.metrics = metrics;
        this.selections = selections;
        this.events = events;
        this.draft = draft;
        this.now = now;
    }

    Wish wish(Memory memory) {
        HorizontalPodAutoscalerSpec spec = autoscaler.getSpec();
        int current = scale.replicas();
        int least = spec.getMinReplicas() == null ? 1 : spec.getMinReplicas();
        if (current == 0 && least != 0) {
            draft.setMetrics(List.of());
            draft.setActive(
                    Said.no(
                            "ScalingDisabled",
                            "scaling is disabled since the replica count of the target is zero"));
            return new Wish.Stay();
        }
        if (current > spec.getMaxReplicas()) {
            draft.setMetrics(List.of());
            return new Wish.Rescale(
                    spec.getMaxReplicas(), "Current number of replicas above Spec.MaxReplicas");
        }
        if (current < least) {
            draft.setMetrics(List.of());
            return new Wish.Rescale(least, "Current number of replicas below Spec.MinReplicas");
        }
        Bounds bounds = new Bounds(least, spec.getMaxReplicas(), spec.getBehavior());
        return byMetrics(bounds, memory);
    }

    private Wish byMetrics(Bounds bounds, Memory memory) {
        if (scale.selector().isEmpty()) {
            return invalid(
                    "SelectorRequired",
                    "selector is required",
                    Said.no("InvalidSelector", "the HPA target's scale is missing a selector"));
        }
        String namespace = autoscaler.getMetadata().getNamespace();
        Selector selector = SelectorText.parse(scale.selector());
        List<Pod> selected = pods.list(namespace).stream().filter(selector::matches).toList();
        List<Key> rivals = selections.of(namespace, selected);
        if (rivals.size() > 1) {
            String message =
                    "pods by selector %s are controlled by multiple HPAs: [%s]"
                            .formatted(
                                    scale.selector(),
                                    String.join(" ", rivals.stream().map(Key::toString).toList()));
            return invalid("AmbiguousSelector", message, Said.no("AmbiguousSelector", message));
        }
        ReplicaCalculator calculator =
                new ReplicaCalculator(
                        scale.replicas(), Tolerance.of(bounds.behavior()), selected, now);
        return byMetrics(
                new MetricReader(metrics, namespace, scale.selector(), calculator), bounds, memory);
    }

    private Wish invalid(String event, String message, Said said) {
        events.warning(autoscaler, event, message);
        draft.setActive(said);
        return new Wish.Unknown(message);
    }

    /** The metric that asks for most counts. */
    private Wish byMetrics(MetricReader reader, Bounds bounds, Memory memory) {
        List<MetricStatus> statuses = new ArrayList<>();
        MetricOutcome.Found highest = null;
        MetricOutcome.Failed first = null;
        int failures = 0;
        for (MetricSpec metric : autoscaler.getSpec().getMetrics()) {
            switch (reader.read(metric)) {
                case MetricOutcome.Found found -> {
                    statuses.add(found.status());
                    if (highest == null || found.replicas() > highest.replicas()) {
                        highest = found;
                    }
                }
                case MetricOutcome.Failed failed -> {
                    statuses.add(new MetricStatusBuilder().withType("").build());
                    events.warning(autoscaler, failed.reason(), failed.message());
                    failures++;
                    first = first == null ? failed : first;
                }
            }
        }
        draft.setMetrics(statuses);
        if (highest == null || (first != null && highest.replicas() < scale.replicas())) {
            return unknown(first, failures, statuses.size());
        }
        draft.setActive(
                Said.yes(
                        "ValidMetricFound",
                        "the HPA was able to successfully calculate a replica count from "
                                + highest.name()));
        return normalized(highest, bounds, memory);
    }

    /** Nothing shrinks while a metric cannot say whether it should. */
    private Wish unknown(MetricOutcome.@Nullable Failed first, int failures, int all) {
        if (first == null) {
            return new Wish.Unknown("no metrics");
        }
        draft.setActive(
                Said.no(
                        first.reason(),
                        "the HPA was unable to compute the replica count: " + first.message()));
        return new Wish.Unknown(
                "invalid metrics (%d invalid out of %d), first error is: %s"
                        .formatted(failures, all, first.error()));
    }

    private Wish normalized(MetricOutcome.Found found, Bounds bounds, Memory memory) {
        int current = scale.replicas();
        Normalization normal = Normalization.of(current, found.replicas(), bounds, memory, now);
        draft.setAble(normal.able());
        draft.setLimited(normal.limited());
        if (normal.replicas() == current) {
            return new Wish.Stay();
        }
        String reason =
                found.replicas() > current
                        ? found.name() + " above target"
                        : found.replicas() < current ? "All metrics below target" : "";
        return new Wish.Rescale(normal.replicas(), reason);
    }
}
