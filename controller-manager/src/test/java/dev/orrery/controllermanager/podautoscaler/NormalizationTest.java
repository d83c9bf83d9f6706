package dev.orrery.controllermanager.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRulesBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehaviorBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
 */
class NormalizationTest {

    private static final Instant NOW = Load.NOW;

    private final Memory memory = new Memory();

    /** From 2 to 10 replicas, and no behavior. */
    @ParameterizedTest
    @CsvSource({
        // current, recommended, replicas, why
        "3,  4,  4, DesiredWithinRange",
        "3,  9,  6, ScaleUpLimit", // twice as many
        "1,  9,  4, ScaleUpLimit", // or four
        "6, 20, 10, TooManyReplicas",
        "3,  1,  2, TooFewReplicas",
    })
    void staysInBounds(int current, int recommended, int replicas, String reason) {
        Normalization normal =
                Normalization.of(current, recommended, new Bounds(2, 10, null), memory, NOW);

        assertThat(normal.replicas()).isEqualTo(replicas);
        assertThat(normal.limited().reason()).isEqualTo(reason);
        assertThat(normal.limited().value()).isEqualTo(!reason.equals("DesiredWithinRange"));
    }

    @Test
    void goesDownOnlyAfterFiveMinutesHaveAgreed() {
        memory.recommend(8, NOW.minusSeconds(299));
        Normalization early = Normalization.of(8, 3, new Bounds(1, 10, null), memory, NOW);
        assertThat(early.replicas()).isEqualTo(8);
        assertThat(early.able().reason()).isEqualTo("ScaleDownStabilized");

        Normalization late =
                Normalization.of(8, 3, new Bounds(1, 10, null), memory, NOW.plusSeconds(2));
        assertThat(late.replicas()).isEqualTo(3);
        assertThat(late.able().reason()).isEqualTo("ReadyForNewScale");
    }

    /** Four pods or all as many again in 15 s upwards; everything in 15 s downwards. */
    @ParameterizedTest
    @CsvSource({
        "1,  9, 5, ScaleUpLimit",
        "6, 20, 12, ScaleUpLimit",
        "6,  1, 1, DesiredWithinRange",
    })
    void followsTheUsualBehavior(int current, int recommended, int replicas, String reason) {
        HorizontalPodAutoscalerBehavior usual =
                behavior("Max", 0, "Max", 0, pods(4, 15), percent(100, 15), percent(100, 15));
        assertNormal(usual, current, recommended, replicas, reason);
    }

    @Test
    void countsWhatWasDoneWithinThePeriod() {
        memory.rescale(7, 10, NOW.minusSeconds(20));
        memory.rescale(2, 7, NOW.minusSeconds(70));
        HorizontalPodAutoscalerBehavior slow =
                behavior("Max", 0, "Max", 0, pods(4, 60), null, pods(1, 60));

        assertNormal(slow, 10, 20, 11, "ScaleUpLimit");
    }

    @Test
    void goesDownAsSlowlyAsAllowed() {
        HorizontalPodAutoscalerBehavior slow =
                behavior("Max", 0, "Max", 0, pods(4, 60), null, percent(10, 60));
        assertNormal(slow, 80, 10, 72, "ScaleDownLimit");

        memory.rescale(80, 72, NOW.minusSeconds(30));
        assertNormal(slow, 72, 10, 72, "ScaleDownLimit");
    }

    @Test
    void takesTheSmallerChangeOrNoneWhereAsked() {
        assertNormal(
                behavior("Min", 0, "Max", 0, pods(4, 15), percent(10, 15), percent(100, 15)),
                10,
                30,
                11,
                "ScaleUpLimit");
        assertNormal(
                behavior("Max", 0, "Disabled", 0, pods(4, 15), null, percent(100, 15)),
                10,
                1,
                10,
                "ScaleDownLimit");
    }

    @Test
    void waitsForAWindowUpwardsToo() {
        HorizontalPodAutoscalerBehavior calm =
                behavior("Max", 60, "Max", 300, percent(900, 15), null, percent(100, 15));
        memory.recommend(3, NOW.minusSeconds(30));
        Normalization normal = Normalization.of(3, 8, new Bounds(1, 100, calm), memory, NOW);

        assertThat(normal.replicas()).isEqualTo(3);
        assertThat(normal.able().reason()).isEqualTo("ScaleUpStabilized");
    }

    private void assertNormal(
            HorizontalPodAutoscalerBehavior behavior,
            int current,
            int recommended,
            int replicas,
            String reason) {
        Normalization normal =
                Normalization.of(current, recommended, new Bounds(1, 100, behavior), memory, NOW);
        assertThat(normal.replicas()).isEqualTo(replicas);
        assertThat(normal.limited().reason()).isEqualTo(reason);
    }

    private static HPAScalingPolicy pods(int value, int seconds) {
        return new HPAScalingPolicy(seconds, "Pods", value);
    }

    private static HPAScalingPolicy percent(int value, int seconds) {
        return new HPAScalingPolicy(seconds, "Percent", value);
    }

    private static HorizontalPodAutoscalerBehavior behavior(
            String up,
            int upWindow,
            String down,
            int downWindow,
            HPAScalingPolicy first,
            @Nullable HPAScalingPolicy second,
            HPAScalingPolicy downPolicy) {
        HPAScalingRulesBuilder upRules =
                new HPAScalingRulesBuilder()
                        .withSelectPolicy(up)
                        .withStabilizationWindowSeconds(upWindow)
                        .addToPolicies(first);
        if (second != null) {
            upRules.addToPolicies(second);
        }
        return new HorizontalPodAutoscalerBehaviorBuilder()
                .withScaleUp(upRules.build())
                .withScaleDown(
                        new HPAScalingRulesBuilder()
                                .withSelectPolicy(down)
                                .withStabilizationWindowSeconds(downWindow)
                                .addToPolicies(downPolicy)
                                .build())
                .build();
    }
}
