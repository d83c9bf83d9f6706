package dev.orrery.controllermanager.podautoscaler;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.time.Instant;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * How many replicas there may be at once, and what holds them there.
 *
 * <p>With a policy of 4 pods in 60 seconds, 10 replicas of which 3 were added 20 seconds ago may
 * become 11: the period began with 7.
 */
record Limit(int replicas, String reason, String message) {

    /** Without behavior: twice as many, or four. Kubernetes' own. */
    private static final int FACTOR = 2;

    private static final int AT_LEAST = 4;

    Said said(int wanted) {
        return replicas == wanted ? Said.no(reason, message) : Said.yes(reason, message);
    }

    static Limit byDefault(int current, int wanted, Bounds bounds) {
        if (wanted < bounds.least()) {
            return tooFew(bounds.least());
        }
        return up(wanted, bounds.most(), Math.max(FACTOR * current, AT_LEAST));
    }

    static Limit byBehavior(
            int current,
            int wanted,
            Bounds bounds,
            HorizontalPodAutoscalerBehavior behavior,
            Memory memory,
            Instant now) {
        if (wanted > current) {
            int fastest = fastestUp(current, behavior.getScaleUp(), memory, now);
            return up(wanted, bounds.most(), Math.max(fastest, current));
        }
        if (wanted < current) {
            int fastest = fastestDown(current, behavior.getScaleDown(), memory, now);
            return down(wanted, bounds.least(), Math.min(fastest, current));
        }
        return within(wanted);
    }

    private static Limit up(int wanted, int most, int fastest) {
        if (wanted <= Math.min(most, fastest)) {
            return within(wanted);
        }
        return most > fastest
                ? new Limit(
                        fastest,
                        "ScaleUpLimit",
                        "the desired replica count is increasing faster than the maximum scale"
                                + " rate")
                : new Limit(
                        most,
                        "TooManyReplicas",
                        "the desired replica count is more than the maximum replica count");
    }

    private static Limit down(int wanted, int least, int fastest) {
        if (wanted >= Math.max(least, fastest)) {
            return within(wanted);
        }
        return least < fastest
                ? new Limit(
                        fastest,
                        "ScaleDownLimit",
                        "the desired replica count is decreasing faster than the maximum scale"
                                + " rate")
                : tooFew(least);
    }

    private static Limit tooFew(int least) {
        return new Limit(
                least,
                "TooFewReplicas",
                "the desired replica count is less than the minimum replica count");
    }

    private static Limit within(int wanted) {
        return new Limit(
                wanted, "DesiredWithinRange", "the desired count is within the acceptable range");
    }

    private static int fastestUp(int current, HPAScalingRules rules, Memory memory, Instant now) {
        return fastest(
                current,
                rules,
                false,
                policy -> {
                    int start = current - change(policy, memory, now);
                    return policy.getType().equals("Pods")
                            ? start + policy.getValue()
                            : (int) Math.ceil(start * (1 + policy.getValue() / 100.0));
                });
    }

    private static int fastestDown(int current, HPAScalingRules rules, Memory memory, Instant now) {
        return fastest(
                current,
                rules,
                true,
                policy -> {
                    int start = current - change(policy, memory, now);
                    return policy.getType().equals("Pods")
                            ? start - policy.getValue()
                            : (int) (start * (1 - policy.getValue() / 100.0));
                });
    }

    private static int change(HPAScalingPolicy policy, Memory memory, Instant now) {
        return memory.change(now.minusSeconds(policy.getPeriodSeconds()));
    }

    /** The policy that changes most counts, or where the user says so the one that does least. */
    private static int fastest(
            int current,
            HPAScalingRules rules,
            boolean down,
            ToIntFunction<HPAScalingPolicy> proposal) {
        String select = rules.getSelectPolicy() == null ? "Max" : rules.getSelectPolicy();
        if (select.equals("Disabled")) {
            return current;
        }
        IntStream proposals = rules.getPolicies().stream().mapToInt(proposal);
        boolean highest = select.equals("Min") == down;
        return (highest ? proposals.max() : proposals.min()).orElse(current);
    }
}
