package dev.orrery.controllermanager.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.service.Shop;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
class BudgetPlanTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:10:00Z");

    /** Of a scale of 7 where 6 pods are there and 5 of them are ready. */
    @ParameterizedTest
    @CsvSource({
        // min, max, expected, desired, allowed
        "3,,     6, 3, 2",
        "5,,     6, 5, 0",
        "6,,     6, 6, 0",
        "50%,,   7, 4, 1",
        "0%,,    7, 0, 5",
        "100%,,  7, 7, 0",
        ",1,     7, 6, 0",
        ",3,     7, 4, 1",
        ",30%,   7, 4, 1",
        ",100%,  7, 0, 5",
        ",9,     7, 0, 5",
        ",,      0, 0, 0",
    })
    void countsWhatMayGo(
            @Nullable String min, @Nullable String max, int expected, int desired, int allowed) {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pods.add(Shop.pod("ready-" + i, "10.0.0." + i).build());
        }
        pods.add(Shop.unready("unready", "10.0.0.9"));
        BudgetPlan plan =
                BudgetPlan.of(
                        budget(min, max).build(),
                        pods,
                        _ -> new ExpectedPods.Known(7, List.of()),
                        NOW);

        assertThat(plan.status().getExpectedPods()).isEqualTo(expected);
        assertThat(plan.status().getDesiredHealthy()).isEqualTo(desired);
        assertThat(plan.status().getCurrentHealthy()).isEqualTo(5);
        assertThat(plan.status().getDisruptionsAllowed()).isEqualTo(allowed);
        assertThat(plan.status().getConditions())
                .singleElement()
                .extracting(Condition::getReason)
                .isEqualTo(allowed > 0 ? "SufficientPods" : "InsufficientPods");
    }

    @Test
    void doesNotCountWhatIsGoingOrPromisedToGo() {
        PodDisruptionBudget budget = disrupted("2026-03-01T00:09:00Z");
        BudgetPlan plan =
                plan(
                        budget,
                        Shop.pod("a", "10.0.0.1").build(),
                        Shop.pod("b", "10.0.0.2").build(),
                        Shop.terminating("c", "10.0.0.3"));

        assertThat(plan.status().getCurrentHealthy()).isEqualTo(1);
        assertThat(plan.status().getDisruptedPods()).containsOnlyKeys("a");
        assertThat(plan.recheck()).contains(Duration.ofMinutes(1));
        assertThat(plan.spared()).isEmpty();
    }

    @Test
    void forgetsAPromiseThatIsNotKept() {
        Pod pod = Shop.pod("a", "10.0.0.1").build();
        BudgetPlan plan = plan(disrupted("2026-03-01T00:07:00Z"), pod);

        assertThat(plan.status().getCurrentHealthy()).isEqualTo(1);
        assertThat(plan.status().getDisruptedPods()).isNullOrEmpty();
        assertThat(plan.spared()).containsExactly(pod);
    }

    @Test
    void forgetsAPromiseThatIsKept() {
        BudgetPlan plan = plan(disrupted("2026-03-01T00:09:00Z"));

        assertThat(plan.status().getDisruptedPods()).isNullOrEmpty();
        assertThat(plan.recheck()).isEmpty();
    }

    @Test
    void allowsNothingWhereAControllerCannotSayWhatItWants() {
        PodDisruptionBudget budget =
                budget(null, "1")
                        .withNewStatus()
                        .withDisruptionsAllowed(3)
                        .withExpectedPods(5)
                        .endStatus()
                        .build();
        PodDisruptionBudgetStatus status =
                BudgetPlan.of(
                                budget,
                                List.of(),
                                _ ->
                                        new ExpectedPods.Unknown(
                                                "jobs.batch does not implement the scale subresource"),
                                NOW)
                        .status();

        assertThat(status.getDisruptionsAllowed()).isZero();
        assertThat(status.getExpectedPods()).isEqualTo(5);
        assertThat(status.getConditions().getFirst().getReason()).isEqualTo("SyncFailed");
        assertThat(status.getConditions().getFirst().getMessage())
                .isEqualTo("jobs.batch does not implement the scale subresource");
    }

    @Test
    void keepsTheTimeOfAConditionThatStands() {
        PodDisruptionBudgetStatus first =
                plan(budget("1", null).build(), Shop.unready("a", "10.0.0.1")).status();
        PodDisruptionBudget later = budget("1", null).withStatus(first).build();
        PodDisruptionBudgetStatus second =
                BudgetPlan.of(
                                later,
                                List.of(Shop.unready("a", "10.0.0.1")),
                                _ -> new ExpectedPods.Known(1, List.of()),
                                NOW.plusSeconds(60))
                        .status();

        assertThat(second).isEqualTo(first);
    }

    private static BudgetPlan plan(PodDisruptionBudget budget, Pod... pods) {
        return BudgetPlan.of(
                budget, List.of(pods), all -> new ExpectedPods.Known(all.size(), List.of()), NOW);
    }

    private static PodDisruptionBudget disrupted(String since) {
        return budget("1", null)
                .withNewStatus()
                .withDisruptedPods(Map.of("a", since))
                .endStatus()
                .build();
    }

    static PodDisruptionBudgetBuilder budget(@Nullable String min, @Nullable String max) {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName("guard")
                .withNamespace("default")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withMinAvailable(share(min))
                .withMaxUnavailable(share(max))
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .endSpec();
    }

    private static @Nullable IntOrString share(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.valueOf(text));
    }
}
