package dev.orrery.controllermanager.disruption;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The status that a budget deserves. */
final class BudgetStatus {

    private static final String DISRUPTION_ALLOWED = "DisruptionAllowed";

    private BudgetStatus() {}

    /**
     * Of 5 expected pods, 4 of them healthy and 3 wanted healthy, one may be disrupted. Where no
     * pods are expected none may: the first may come before this controller has seen it.
     */
    static PodDisruptionBudgetStatus of(
            PodDisruptionBudget budget,
            BudgetPlan.Counts counts,
            Map<String, String> disruptedPods,
            Instant now) {
        int allowed =
                counts.expected() > 0 ? Math.max(0, counts.healthy() - counts.desiredHealthy()) : 0;
        return new PodDisruptionBudgetStatusBuilder()
                .withCurrentHealthy(counts.healthy())
                .withDesiredHealthy(counts.desiredHealthy())
                .withExpectedPods(counts.expected())
                .withDisruptionsAllowed(allowed)
                .withDisruptedPods(disruptedPods)
                .withObservedGeneration(budget.getMetadata().getGeneration())
                .withConditions(
                        conditions(
                                budget,
                                allowed > 0,
                                allowed > 0 ? "SufficientPods" : "InsufficientPods",
                                "",
                                budget.getMetadata().getGeneration(),
                                now))
                .build();
    }

    /** Where nothing can be said nothing may be disrupted; the rest stays as it was. */
    static PodDisruptionBudgetStatus failed(
            PodDisruptionBudget budget, String reason, Instant now) {
        PodDisruptionBudgetStatus before =
                budget.getStatus() == null ? new PodDisruptionBudgetStatus() : budget.getStatus();
        Long observed = before.getObservedGeneration();
        return new PodDisruptionBudgetStatusBuilder(before)
                .withDisruptionsAllowed(0)
                .withConditions(conditions(budget, false, "SyncFailed", reason, observed, now))
                .build();
    }

    private static List<Condition> conditions(
            PodDisruptionBudget budget,
            boolean allowed,
            String reason,
            String message,
            Long observedGeneration,
            Instant now) {
        List<Condition> conditions = new ArrayList<>();
        String status = allowed ? "True" : "False";
        String since = Timestamps.format(now);
        if (budget.getStatus() != null && budget.getStatus().getConditions() != null) {
            for (Condition old : budget.getStatus().getConditions()) {
                if (!old.getType().equals(DISRUPTION_ALLOWED)) {
                    conditions.add(old);
                } else if (old.getStatus().equals(status)) {
                    since = old.getLastTransitionTime();
                }
            }
        }
        conditions.add(
                new ConditionBuilder()
                        .withType(DISRUPTION_ALLOWED)
                        .withStatus(status)
                        .withReason(reason)
                        .withMessage(message)
                        .withObservedGeneration(observedGeneration)
                        .withLastTransitionTime(since)
                        .build());
        return conditions;
    }
}
