package dev.orrery.controllermanager.disruption;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.quantity.Share;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a budget's pods yields.
 *
 * @param recheck when an eviction that was promised counts as one that does not come
 * @param spared pods whose promised eviction did not come
 * @param unmanaged whether there are pods that a share of all cannot be taken of
 */
record BudgetPlan(
        PodDisruptionBudgetStatus status,
        Optional<Duration> recheck,
        List<Pod> spared,
        boolean unmanaged) {

    /** From the eviction's payment to the pod's deletion; Kubernetes' own. */
    static final Duration DELETION_TIMEOUT = Duration.ofMinutes(2);

    BudgetPlan {
        spared = List.copyOf(spared);
    }

    record Counts(int healthy, int desiredHealthy, int expected) {}

    /**
     * @param scale what the pods' controllers want, asked only where a share of it counts
     */
    static BudgetPlan of(
            PodDisruptionBudget budget,
            Collection<Pod> pods,
            Function<Collection<Pod>, ExpectedPods> scale,
            Instant now) {
        return switch (expected(budget.getSpec(), pods, scale)) {
            case ExpectedPods.Unknown(String reason) ->
                    new BudgetPlan(
                            BudgetStatus.failed(budget, reason, now),
                            Optional.empty(),
                            List.of(),
                            false);
            case ExpectedPods.Known(int count, List<String> unmanaged) ->
                    of(budget, pods, count, !unmanaged.isEmpty(), now);
        };
    }

    private static BudgetPlan of(
            PodDisruptionBudget budget,
            Collection<Pod> pods,
            int expected,
            boolean unmanaged,
            Instant now) {
        Map<String, String> disrupted = new TreeMap<>();
        List<Pod> spared = new ArrayList<>();
        Optional<Duration> recheck = Optional.empty();
        for (Pod pod : pods) {
            String since = disruptedSince(budget, pod);
            if (since.isEmpty() || Owners.isBeingDeleted(pod)) {
                continue;
            }
            Duration left = Duration.between(now, Timestamps.parse(since).plus(DELETION_TIMEOUT));
            if (left.isNegative()) {
                spared.add(pod);
            } else {
                disrupted.put(pod.getMetadata().getName(), since);
                recheck = Optional.of(recheck.filter(r -> r.compareTo(left) < 0).orElse(left));
            }
        }
        Counts counts =
                new Counts(
                        healthy(pods, disrupted),
                        desiredHealthy(budget.getSpec(), expected),
                        expected);
        return new BudgetPlan(
                BudgetStatus.of(budget, counts, disrupted, now), recheck, spared, unmanaged);
    }

    private static ExpectedPods expected(
            PodDisruptionBudgetSpec spec,
            Collection<Pod> pods,
            Function<Collection<Pod>, ExpectedPods> scale) {
        if (spec.getMaxUnavailable() != null || isPercentage(spec.getMinAvailable())) {
            return scale.apply(pods);
        }
        int count = spec.getMinAvailable() == null ? 0 : pods.size();
        return new ExpectedPods.Known(count, List.of());
    }

    /** At least 50 % of 5 are 3; at most 30 % of 5 away leaves 3 as well. */
    private static int desiredHealthy(PodDisruptionBudgetSpec spec, int expected) {
        return spec.getMaxUnavailable() == null
                ? Share.roundedUp(spec.getMinAvailable(), expected)
                : Math.max(0, expected - Share.roundedUp(spec.getMaxUnavailable(), expected));
    }

    private static boolean isPercentage(@Nullable IntOrString share) {
        return share != null && share.getIntVal() == null;
    }

    private static int healthy(Collection<Pod> pods, Map<String, String> disrupted) {
        return (int)
                pods.stream()
                        .filter(pod -> !Owners.isBeingDeleted(pod))
                        .filter(pod -> !disrupted.containsKey(pod.getMetadata().getName()))
                        .filter(Pods::isReady)
                        .count();
    }

    private static String disruptedSince(PodDisruptionBudget budget, Pod pod) {
        Map<String, String> disrupted =
                budget.getStatus() == null ? null : budget.getStatus().getDisruptedPods();
        return disrupted == null ? "" : disrupted.getOrDefault(pod.getMetadata().getName(), "");
    }
}
