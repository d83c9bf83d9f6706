package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;

/**
 * Which of a job's pods goes first when there are too many: unassigned before assigned, pending
 * before unknown before running, unready before ready, ready for a short time before for a long
 * one, restarted often before seldom, young before old.
 */
final class RemovalOrder {

    private static final List<String> PHASES = List.of("Pending", "Unknown", "Running");

    static final Comparator<Pod> FIRST_TO_GO =
            Comparator.<Pod, Boolean>comparing(pod -> !Pods.nodeName(pod).isEmpty())
                    .thenComparingInt(pod -> PHASES.indexOf(Pods.phase(pod)))
                    .thenComparing(Pods::isReady)
                    .thenComparing(Pods::readySince, Comparator.reverseOrder())
                    .thenComparingInt(pod -> -restarts(pod))
                    .thenComparing(
                            pod -> Timestamps.parse(pod.getMetadata().getCreationTimestamp()),
                            Comparator.reverseOrder());

    private RemovalOrder() {}

    private static int restarts(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? 0
                : pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(ContainerStatus::getRestartCount)
                        .max()
                        .orElse(0);
    }
}
