package dev.orrery.controllermanager.replicaset;

import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Kubernetes' ranking of pods by how soon they go when there are too many: unassigned before
 * assigned, pending before unknown before running, unready before ready, cheaper to delete before
 * dearer, on a crowded node before on an empty one, young before old, restarted often before
 * seldom.
 *
 * <p>Ages are compared by the power of two that they fall in, so that of pods of about the same age
 * any may go, whichever zone or node they stand on: 40 s and 60 s are both between 2^35 and 2^36
 * nanoseconds and count as equal; 40 s and 80 s do not.
 */
final class SurplusOrder implements Comparator<Pod> {

    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
    private static final List<String> PHASES = List.of("Pending", "Unknown", "Running");

    private final Map<String, Long> podsOnNode;
    private final Comparator<Pod> order;
    private final Instant now;

    /**
     * @param siblings all pods whose presence makes a node crowded
     */
    SurplusOrder(Collection<Pod> siblings, Instant now) {
        this.now = now;
        this.podsOnNode =
                siblings.stream()
                        .filter(Pods::isActive)
                        .collect(Collectors.groupingBy(Pods::nodeName, Collectors.counting()));
        this.order =
                Comparator.<Pod>comparingInt(pod -> Pods.nodeName(pod).isEmpty() ? 0 : 1)
                        .thenComparingInt(pod -> PHASES.indexOf(Pods.phase(pod)))
                        .thenComparing(Pods::isReady)
                        .thenComparingInt(SurplusOrder::deletionCost)
                        .thenComparing(this::neighbours, Comparator.reverseOrder())
                        .thenComparing(this::byReadyTime)
                        .thenComparing(SurplusOrder::restarts, Comparator.reverseOrder())
                        .thenComparing(this::byAge);
    }

    @Override
    public int compare(Pod one, Pod other) {
        return order.compare(one, other);
    }

    private long neighbours(Pod pod) {
        return podsOnNode.getOrDefault(Pods.nodeName(pod), 0L);
    }

    private int byReadyTime(Pod one, Pod other) {
        if (!Pods.isReady(one) || !Pods.isReady(other)) {
            return 0;
        }
        return youngerFirst(one, Pods.readySince(one), other, Pods.readySince(other));
    }

    private int byAge(Pod one, Pod other) {
        return youngerFirst(one, created(one), other, created(other));
    }

    private int youngerFirst(Pod one, Instant oneTime, Pod other, Instant otherTime) {
        if (oneTime.equals(otherTime)) {
            return 0;
        }
        if (oneTime.equals(Instant.EPOCH) || otherTime.equals(Instant.EPOCH)) {
            return oneTime.equals(Instant.EPOCH) ? -1 : 1;
        }
        int byPower = Integer.compare(powerOfAge(oneTime), powerOfAge(otherTime));
        return byPower != 0
                ? byPower
                : one.getMetadata().getUid().compareTo(other.getMetadata().getUid());
    }

    /** The power of two that the age in nanoseconds falls in; -1 for no age at all. */
    private int powerOfAge(Instant time) {
        long age = Duration.between(time, now).toNanos();
        return age <= 0 ? -1 : 63 - Long.numberOfLeadingZeros(age);
    }

    private static int deletionCost(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String cost = annotations == null ? null : annotations.get(DELETION_COST);
        try {
            return cost == null ? 0 : Integer.parseInt(cost);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int restarts(Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null) {
            return 0;
        }
        return pod.getStatus().getContainerStatuses().stream()
                .mapToInt(ContainerStatus::getRestartCount)
                .max()
                .orElse(0);
    }

    private static Instant created(Pod pod) {
        return Timestamps.parse(pod.getMetadata().getCreationTimestamp());
    }
}
