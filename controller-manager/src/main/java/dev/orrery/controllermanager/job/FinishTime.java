package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a pod finished: when its last container ended; else when it became unready; else when its
 * deletion was asked for; else when it was created.
 */
final class FinishTime {

    private FinishTime() {}

    static Instant of(Pod pod) {
        return ofContainers(pod)
                .or(() -> ofReadiness(pod))
                .or(() -> ofDeletion(pod))
                .orElseGet(() -> Timestamps.parse(pod.getMetadata().getCreationTimestamp()));
    }

    private static Optional<Instant> ofContainers(Pod pod) {
        List<ContainerStatus> statuses =
                pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                        ? List.of()
                        : pod.getStatus().getContainerStatuses();
        Instant last = Instant.EPOCH;
        for (ContainerStatus status : statuses) {
            Instant ended = ended(status);
            if (ended.equals(Instant.EPOCH)) {
                return Optional.empty();
            }
            last = ended.isAfter(last) ? ended : last;
        }
        return last.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(last);
    }

    private static Instant ended(ContainerStatus status) {
        @Nullable ContainerStateTerminated terminated =
                status.getState() == null ? null : status.getState().getTerminated();
        return terminated == null ? Instant.EPOCH : Timestamps.parse(terminated.getFinishedAt());
    }

    private static Optional<Instant> ofReadiness(Pod pod) {
        PodCondition ready = Pods.condition(pod, "Ready");
        if (ready == null || !"False".equals(ready.getStatus())) {
            return Optional.empty();
        }
        Instant since = Timestamps.parse(ready.getLastTransitionTime());
        return since.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(since);
    }

    private static Optional<Instant> ofDeletion(Pod pod) {
        if (!Owners.isBeingDeleted(pod)) {
            return Optional.empty();
        }
        long grace =
                Objects.requireNonNullElse(pod.getMetadata().getDeletionGracePeriodSeconds(), 0L);
        return Optional.of(
                Timestamps.parse(pod.getMetadata().getDeletionTimestamp()).minusSeconds(grace));
    }
}
