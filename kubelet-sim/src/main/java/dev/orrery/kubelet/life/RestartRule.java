package dev.orrery.kubelet.life;

import io.fabric8.kubernetes.api.model.Container;

/** Whether a container that ended is started again: its own restart policy, else the pod's. */
final class RestartRule {

    private RestartRule() {}

    static boolean restarts(PodState state, Container container, Termination termination) {
        String own = container.getRestartPolicy();
        String policy = own == null || own.isEmpty() ? state.restartPolicy() : own;
        boolean init = state.initContainers().contains(container);
        return switch (policy) {
            case "Never" -> false;
            case "OnFailure" -> !termination.succeeded();
            default -> !init || PodState.isSidecar(container) || !termination.succeeded();
        };
    }
}
