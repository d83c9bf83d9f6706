package dev.orrery.controllermanager.podautoscaler;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import org.jspecify.annotations.Nullable;

/** What an autoscaler may do, as its user says. */
record Bounds(int least, int most, @Nullable HorizontalPodAutoscalerBehavior behavior) {}
