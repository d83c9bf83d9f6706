package dev.orrery.controllermanager.podautoscaler;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import org.jspecify.annotations.Nullable;

/** How far the use may lie from the target, as a share of it, before anything is done. */
record Tolerance(double down, double up) {

    private static final double USUAL = 0.1;

    static Tolerance of(@Nullable HorizontalPodAutoscalerBehavior behavior) {
        return behavior == null
                ? new Tolerance(USUAL, USUAL)
                : new Tolerance(of(behavior.getScaleDown()), of(behavior.getScaleUp()));
    }

    private static double of(@Nullable HPAScalingRules rules) {
        Quantity tolerance = rules == null ? null : rules.getTolerance();
        return tolerance == null ? USUAL : tolerance.getNumericalAmount().doubleValue();
    }

    boolean allows(double ratio) {
        return 1 - down <= ratio && ratio <= 1 + up;
    }
}
