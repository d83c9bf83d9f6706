package dev.orrery.kubelet.status;

import dev.orrery.kubelet.eviction.QosClass;
import dev.orrery.kubelet.life.Ending;
import dev.orrery.kubelet.life.Phase;
import dev.orrery.kubelet.life.PodState;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.List;

/** Says what the API is to show of a pod: the parts of its status that are the kubelet's. Pure. */
public final class PodStatuses {

    private PodStatuses() {}

    /**
     * A reason and a message belong to the phase, whoever wrote them, and stay as long as it does.
     *
     * @param over nothing of the pod runs or will run again
     */
    public static PodStatus of(PodState state, String hostIp, boolean over, Instant now) {
        String phase = phase(state, over);
        PodStatus shown = state.pod().getStatus();
        boolean samePhase = shown != null && phase.equals(shown.getPhase());
        PodStatusBuilder status =
                new PodStatusBuilder()
                        .withObservedGeneration(state.pod().getMetadata().getGeneration())
                        .withPhase(phase)
                        .withReason(samePhase && shown != null ? shown.getReason() : null)
                        .withMessage(samePhase && shown != null ? shown.getMessage() : null)
                        .withStartTime(Times.text(state.startTime()))
                        .withQosClass(QosClass.of(state.pod()))
                        .withHostIP(hostIp)
                        .withHostIPs(new HostIP(hostIp))
                        .withConditions(new Conditions(state, phase, now).all())
                        .withInitContainerStatuses(
                                ContainerStatuses.of(state, state.initContainers(), over))
                        .withContainerStatuses(
                                ContainerStatuses.of(state, state.mainContainers(), over))
                        .withEphemeralContainerStatuses(
                                ContainerStatuses.of(state, state.ephemeralContainers(), over));
        Ending ending = state.ending();
        if (ending != null && !ending.reason().isEmpty()) {
            status.withReason(ending.reason()).withMessage(ending.message());
        }
        if (!state.podIp().isEmpty()) {
            status.withPodIP(state.podIp()).withPodIPs(new PodIP(state.podIp()));
        }
        return status.build();
    }

    /** Of a pod that the node does not take. */
    public static PodStatus rejected(PodState state, String reason, String message) {
        return new PodStatusBuilder()
                .withObservedGeneration(state.pod().getMetadata().getGeneration())
                .withPhase(Phase.FAILED)
                .withReason(reason)
                .withMessage(message)
                .withStartTime(Times.text(state.startTime()))
                .withQosClass(QosClass.of(state.pod()))
                .withConditions(List.of())
                .build();
    }

    /** A terminal phase that the API already shows is never left. */
    private static String phase(PodState state, boolean over) {
        String shown = state.pod().getStatus() == null ? null : state.pod().getStatus().getPhase();
        return shown != null && Phase.isTerminal(shown) ? shown : Phase.of(state, over);
    }
}
