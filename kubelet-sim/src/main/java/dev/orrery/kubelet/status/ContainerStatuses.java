package dev.orrery.kubelet.status;

import dev.orrery.kubelet.image.ImageReference;
import dev.orrery.kubelet.life.ContainerState;
import dev.orrery.kubelet.life.PodState;
import dev.orrery.kubelet.life.Stage;
import dev.orrery.kubelet.life.Termination;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountStatus;
import io.fabric8.kubernetes.api.model.VolumeMountStatusBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API's view of a pod's containers. Pure. */
final class ContainerStatuses {

    private static final String RUNTIME = "containerd://";

    private ContainerStatuses() {}

    static List<ContainerStatus> of(PodState pod, List<Container> containers, boolean over) {
        return containers.stream().map(each -> of(pod, each, over)).toList();
    }

    private static ContainerStatus of(PodState pod, Container container, boolean over) {
        ContainerState state = pod.container(container);
        Stage.Running running = state.stage() instanceof Stage.Running run ? run : null;
        ContainerStatusBuilder status =
                new ContainerStatusBuilder()
                        .withName(container.getName())
                        .withImage(image(state, container))
                        .withImageID(state.imageId())
                        .withRestartCount(state.restarts())
                        .withStarted(running != null && running.started())
                        .withReady(isReady(pod, container, state))
                        .withState(stage(pod, state, over))
                        .withLastState(lastState(state))
                        .withVolumeMounts(mounts(container));
        if (state.hasRun()) {
            status.withContainerID(RUNTIME + state.containerId());
            withResources(status, container);
        }
        return status.build();
    }

    private static void withResources(ContainerStatusBuilder status, Container container) {
        ResourceRequirements resources = container.getResources();
        status.withNewUser()
                .withNewLinux()
                .withUid(user(container))
                .withGid(0L)
                .withSupplementalGroups(0L)
                .endLinux()
                .endUser();
        if (resources == null) {
            status.withNewResources().endResources();
            return;
        }
        status.withNewResources()
                .withLimits(resources.getLimits())
                .withRequests(resources.getRequests())
                .endResources();
        status.withAllocatedResources(resources.getRequests());
    }

    private static long user(Container container) {
        Long user =
                container.getSecurityContext() == null
                        ? null
                        : container.getSecurityContext().getRunAsUser();
        return user == null ? 0 : user;
    }

    private static boolean isReady(PodState pod, Container container, ContainerState state) {
        return switch (pod.role(container)) {
            case MAIN, SIDECAR -> state.stage() instanceof Stage.Running run && run.ready();
            case INIT -> state.stage() instanceof Stage.Ended(Termination end) && end.succeeded();
            case EPHEMERAL -> false;
        };
    }

    private static String image(ContainerState state, Container container) {
        String written = state.image().isEmpty() ? container.getImage() : state.image();
        return state.image().isEmpty()
                ? written
                : ImageReference.parse(written).map(ImageReference::toString).orElse(written);
    }

    private static io.fabric8.kubernetes.api.model.ContainerState stage(
            PodState pod, ContainerState state, boolean over) {
        return stage(pod, state, state.stage(), over);
    }

    private static io.fabric8.kubernetes.api.model.ContainerState stage(
            PodState pod, ContainerState state, Stage stage, boolean over) {
        return switch (stage) {
            case Stage.Starting(Stage before) -> stage(pod, state, before, over);
            case Stage.Waiting waiting ->
                    over && pod.initialized() ? lost() : waiting(pod, waiting);
            case Stage.Running running ->
                    new ContainerStateBuilder()
                            .withNewRunning()
                            .withStartedAt(Times.text(running.startedAt()))
                            .endRunning()
                            .build();
            case Stage.Ended(Termination termination) -> terminated(termination);
        };
    }

    private static io.fabric8.kubernetes.api.model.ContainerState waiting(
            PodState pod, Stage.Waiting waiting) {
        String usual = pod.initContainers().isEmpty() ? "ContainerCreating" : "PodInitializing";
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(waiting.reason().isEmpty() ? usual : waiting.reason())
                .withMessage(emptyToNull(waiting.message()))
                .endWaiting()
                .build();
    }

    /** What a kubelet says of a container that did not run when its pod came to its end. */
    private static io.fabric8.kubernetes.api.model.ContainerState lost() {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(137)
                .withReason("ContainerStatusUnknown")
                .withMessage("The container could not be located when the pod was terminated")
                .endTerminated()
                .build();
    }

    private static io.fabric8.kubernetes.api.model.ContainerState terminated(Termination run) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(run.exitCode())
                .withReason(run.reason())
                .withMessage(emptyToNull(run.message()))
                .withStartedAt(Times.text(run.startedAt()))
                .withFinishedAt(Times.text(run.finishedAt()))
                .withContainerID(RUNTIME + run.containerId())
                .endTerminated()
                .build();
    }

    private static io.fabric8.kubernetes.api.model.ContainerState lastState(ContainerState state) {
        Termination last = state.last();
        return last == null
                ? new io.fabric8.kubernetes.api.model.ContainerState()
                : terminated(last);
    }

    private static List<VolumeMountStatus> mounts(Container container) {
        return container.getVolumeMounts().stream().map(ContainerStatuses::mount).toList();
    }

    private static VolumeMountStatus mount(VolumeMount mount) {
        boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly());
        return new VolumeMountStatusBuilder()
                .withName(mount.getName())
                .withMountPath(mount.getMountPath())
                .withReadOnly(readOnly ? Boolean.TRUE : null)
                .withRecursiveReadOnly(readOnly ? "Disabled" : null)
                .build();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
