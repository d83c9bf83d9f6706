package dev.orrery.controllermanager.podautoscaler;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many replicas a metric asks for: 4 pods that use 90 % where 60 % are wanted should be 6. Pods
 * that do not count yet, or of which nothing is known, only ever make the change smaller: they are
 * taken as using nothing before growing, and all that is wanted before shrinking.
 */
final class ReplicaCalculator {

    private final int currentReplicas;
    private final Tolerance tolerance;
    private final Collection<Pod> pods;
    private final Instant now;

    ReplicaCalculator(int currentReplicas, Tolerance tolerance, Collection<Pod> pods, Instant now) {
        this.currentReplicas = currentReplicas;
        this.tolerance = tolerance;
        this.pods = pods;
        this.now = now;
    }

    /**
     * @param utilization percentage of what is requested; 0 where the target is an amount
     * @param average thousandths a pod
     */
    record Proposal(int replicas, int utilization, long average) {}

    Proposal forUtilization(Usage usage, int target) {
        PodGroups groups = groups(usage);
        Map<String, Long> requests = usage.requests(pods);
        return propose(groups, counted(usage, groups), Measure.utilization(requests, target));
    }

    Proposal forAverage(Usage usage, long target) {
        PodGroups groups = groups(usage);
        return propose(groups, counted(usage, groups), Measure.average(target));
    }

    private PodGroups groups(Usage usage) {
        if (pods.isEmpty()) {
            throw new MetricException(
                    "no pods returned by selector while calculating replica count");
        }
        return PodGroups.of(pods, usage, now);
    }

    private static Map<String, Long> counted(Usage usage, PodGroups groups) {
        Map<String, Long> amounts = new HashMap<>();
        usage.samples().forEach((pod, sample) -> amounts.put(pod, sample.amount()));
        amounts.keySet().removeAll(groups.ignored());
        amounts.keySet().removeAll(groups.unready());
        if (amounts.isEmpty()) {
            throw new MetricException(
                    "did not receive metrics for targeted pods (pods might be unready)");
        }
        return amounts;
    }

    private Proposal propose(PodGroups groups, Map<String, Long> amounts, Measure measure) {
        Measure.Reading reading = measure.read(amounts);
        if (reading.ratio() == 1) {
            return proposal(currentReplicas, reading);
        }
        boolean grows = reading.ratio() > 1;
        boolean unreadyMatter = grows && !groups.unready().isEmpty();
        if (!unreadyMatter && groups.missing().isEmpty()) {
            return proposal(
                    tolerance.allows(reading.ratio())
                            ? currentReplicas
                            : ceil(reading.ratio() * groups.ready()),
                    reading);
        }
        fill(amounts, groups.missing(), pod -> grows ? 0 : measure.wanted(pod));
        if (unreadyMatter) {
            fill(amounts, groups.unready(), _ -> 0);
        }
        return proposal(cautious(reading.ratio(), measure.read(amounts), amounts.size()), reading);
    }

    private interface Assumption {
        long amount(String pod);
    }

    private static void fill(Map<String, Long> amounts, Set<String> pods, Assumption assumption) {
        pods.forEach(pod -> amounts.put(pod, assumption.amount(pod)));
    }

    /** Nothing is done where the assumptions would turn the direction. */
    private int cautious(double first, Measure.Reading second, int count) {
        double ratio = second.ratio();
        boolean turned = (first < 1 && ratio > 1) || (first > 1 && ratio < 1);
        if (tolerance.allows(ratio) || turned) {
            return currentReplicas;
        }
        int replicas = ceil(ratio * count);
        boolean wrongWay =
                (ratio < 1 && replicas > currentReplicas)
                        || (ratio > 1 && replicas < currentReplicas);
        return wrongWay ? currentReplicas : replicas;
    }

    private static Proposal proposal(int replicas, Measure.Reading reading) {
        return new Proposal(replicas, reading.utilization(), reading.average());
    }

    private static int ceil(double value) {
        return (int) Math.ceil(value);
    }
}
