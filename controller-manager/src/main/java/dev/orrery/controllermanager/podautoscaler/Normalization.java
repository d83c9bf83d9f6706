package dev.orrery.controllermanager.podautoscaler;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.time.Duration;
import java.time.Instant;

/**
 * From what the metrics ask for to what is done: not down again before five minutes have agreed,
 * not up or down faster than allowed, not out of bounds.
 *
 * @param able the condition AbleToScale
 * @param limited the condition ScalingLimited
 */
record Normalization(int replicas, Said able, Said limited) {

    private static final Said READY =
            Said.yes("ReadyForNewScale", "recommended size matches current size");

    /** Where the user says nothing. Kubernetes' own. */
    private static final Duration DOWN_WINDOW = Duration.ofMinutes(5);

    static Normalization of(
            int current, int recommended, Bounds bounds, Memory memory, Instant now) {
        HorizontalPodAutoscalerBehavior behavior = bounds.behavior();
        return behavior == null
                ? byDefault(current, recommended, bounds, memory, now)
                : byBehavior(current, recommended, bounds, behavior, memory, now);
    }

    private static Normalization byDefault(
            int current, int recommended, Bounds bounds, Memory memory, Instant now) {
        int stable = memory.highest(now.minus(DOWN_WINDOW), recommended);
        memory.recommend(recommended, now);
        Said able = stable == recommended ? READY : stabilized(false);
        Limit limit = Limit.byDefault(current, stable, bounds);
        return new Normalization(limit.replicas(), able, limit.said(stable));
    }

    private static Normalization byBehavior(
            int current,
            int recommended,
            Bounds bounds,
            HorizontalPodAutoscalerBehavior behavior,
            Memory memory,
            Instant now) {
        int floor =
                memory.lowest(now.minus(window(behavior.getScaleUp(), Duration.ZERO)), recommended);
        int ceiling =
                memory.highest(
                        now.minus(window(behavior.getScaleDown(), DOWN_WINDOW)), recommended);
        int stable = Math.min(Math.max(current, floor), ceiling);
        memory.recommend(recommended, now);
        Said able = stable == recommended ? READY : stabilized(recommended >= current);
        Limit limit = Limit.byBehavior(current, stable, bounds, behavior, memory, now);
        return new Normalization(limit.replicas(), able, limit.said(stable));
    }

    private static Duration window(HPAScalingRules rules, Duration byDefault) {
        Integer seconds = rules.getStabilizationWindowSeconds();
        return seconds == null ? byDefault : Duration.ofSeconds(seconds);
    }

    private static Said stabilized(boolean up) {
        return up
                ? Said.yes(
                        "ScaleUpStabilized",
                        "recent recommendations were lower than current one, applying the lowest"
                                + " recent recommendation")
                : Said.yes(
                        "ScaleDownStabilized",
                        "recent recommendations were higher than current one, applying the highest"
                                + " recent recommendation");
    }
}
