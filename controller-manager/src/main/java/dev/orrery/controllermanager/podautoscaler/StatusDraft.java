package dev.orrery.controllermanager.podautoscaler;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerConditionBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An autoscaler's next status, as a run of its controller finds it out. One thread. */
final class StatusDraft {

    private final HorizontalPodAutoscaler autoscaler;
    private final Instant now;
    private final HorizontalPodAutoscalerStatusBuilder status;
    private final List<HorizontalPodAutoscalerCondition> conditions = new ArrayList<>();

    StatusDraft(HorizontalPodAutoscaler autoscaler, Instant now) {
        this.autoscaler = autoscaler;
        this.now = now;
        HorizontalPodAutoscalerStatus before = autoscaler.getStatus();
        this.status =
                new HorizontalPodAutoscalerStatusBuilder(
                        before == null ? new HorizontalPodAutoscalerStatus() : before);
        if (before != null && before.getConditions() != null) {
            conditions.addAll(before.getConditions());
        }
    }

    void setAble(Said said) {
        set("AbleToScale", said);
    }

    void setActive(Said said) {
        set("ScalingActive", said);
    }

    void setLimited(Said said) {
        set("ScalingLimited", said);
    }

    private void set(String type, Said said) {
        String value = said.value() ? "True" : "False";
        String since = Timestamps.format(now);
        int place = conditions.size();
        for (int i = 0; i < conditions.size(); i++) {
            HorizontalPodAutoscalerCondition old = conditions.get(i);
            if (old.getType().equals(type)) {
                place = i;
                since = old.getStatus().equals(value) ? old.getLastTransitionTime() : since;
            }
        }
        HorizontalPodAutoscalerCondition condition =
                new HorizontalPodAutoscalerConditionBuilder()
                        .withType(type)
                        .withStatus(value)
                        .withReason(said.reason())
                        .withMessage(said.message())
                        .withLastTransitionTime(since)
                        .build();
        if (place == conditions.size()) {
            conditions.add(condition);
        } else {
            conditions.set(place, condition);
        }
    }

    void setReplicas(int current, int desired) {
        status.withCurrentReplicas(current).withDesiredReplicas(desired);
    }

    void setCurrent(int current) {
        Integer desired = status.getDesiredReplicas();
        setReplicas(current, desired == null ? 0 : desired);
    }

    void setMetrics(List<MetricStatus> metrics) {
        status.withCurrentMetrics(metrics);
    }

    void setRescaled() {
        status.withLastScaleTime(Timestamps.format(now));
    }

    HorizontalPodAutoscaler result() {
        return new HorizontalPodAutoscalerBuilder(autoscaler)
                .withStatus(status.withConditions(conditions).build())
                .build();
    }
}
