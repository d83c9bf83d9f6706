package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.life.PodState;
import dev.orrery.machinery.event.EventRecorder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;

/** Tells people what happens to one pod and its containers. */
final class PodEvents {

    private static final String NORMAL = "Normal";
    private static final String WARNING = "Warning";

    private final EventRecorder events;

    PodEvents(EventRecorder events) {
        this.events = events;
    }

    void normal(Pod pod, Container container, String reason, String message) {
        events.event(pod, fieldPath(pod, container), NORMAL, reason, message);
    }

    void warning(Pod pod, Container container, String reason, String message) {
        events.event(pod, fieldPath(pod, container), WARNING, reason, message);
    }

    void normal(Pod pod, String reason, String message) {
        events.normal(pod, reason, message);
    }

    void warning(Pod pod, String reason, String message) {
        events.warning(pod, reason, message);
    }

    private static String fieldPath(Pod pod, Container container) {
        String list =
                switch (PodState.accepted(pod, Instant.EPOCH).role(container)) {
                    case INIT, SIDECAR -> "initContainers";
                    case MAIN -> "containers";
                    case EPHEMERAL -> "ephemeralContainers";
                };
        return "spec." + list + "{" + container.getName() + "}";
    }
}
