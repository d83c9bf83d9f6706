package dev.orrery.kubelet.status;

import dev.orrery.kubelet.image.ImageProfile;
import dev.orrery.kubelet.image.ImageReference;
import dev.orrery.kubelet.life.ContainerState;
import dev.orrery.kubelet.life.PodState;
import dev.orrery.kubelet.life.Resize;
import dev.orrery.kubelet.life.RestartRule;
import dev.orrery.kubelet.life.Stage;
import dev.orrery.kubelet.life.Termination;
import dev.orrery.kubelet.process.Exit;
import dev.orrery.kubelet.process.Identity;
import dev.orrery.userland.file.User;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountStatus;
import io.fabric8.kubernetes.api.model.VolumeMountStatusBuilder;
import java.util.ArrayList;
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
                        .withState(stage(pod, container, state, over))
                        .withLastState(lastState(pod, container, state, over))
                        .withVolumeMounts(mounts(container));
        if (state.hasRun()) {
            status.withContainerID(RUNTIME + state.containerId());
            withResources(status, pod, container);
            withUser(status, pod, container);
        }
        return status.build();
    }

    private static void withResources(
            ContainerStatusBuilder status, PodState pod, Container container) {
        ResourceRequirements resources = container.getResources();
        if (resources == null) {
            status.withNewResources().endResources();
            return;
        }
        status.withNewResources()
                .withLimits(resources.getLimits())
                .withRequests(resources.getRequests())
                .endResources();
        Resize.Failed failed = pod.resize().failed();
        status.withAllocatedResources(
                failed == null
                        ? resources.getRequests()
                        : failed.allocated()
                                .getOrDefault(container.getName(), resources.getRequests()));
    }

    private static void withUser(ContainerStatusBuilder status, PodState pod, Container container) {
        User user =
                Identity.of(
                        pod.pod().getSpec(), container, ImageProfile.generic(container.getName()));
        List<Long> groups = new ArrayList<>(List.of((long) user.gid()));
        user.groups().stream().sorted().map(Integer::longValue).forEach(groups::add);
        status.withNewUser()
                .withNewLinux()
                .withUid((long) user.uid())
                .withGid((long) user.gid())
                .withSupplementalGroups(groups)
                .endLinux()
                .endUser();
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
            PodState pod, Container container, ContainerState state, boolean over) {
        Termination failed = failedStart(pod, container, state, over);
        return failed == null
                ? stage(pod, state, state.stage(), over)
                : waiting(pod, "RunContainerError", failed.message());
    }

    /** How it could not be started, if that is what is to be shown until the next try. */
    private static @Nullable Termination failedStart(
            PodState pod, Container container, ContainerState state, boolean over) {
        Stage stage = state.stage() instanceof Stage.Starting(Stage shown) ? shown : state.stage();
        return !over
                        && stage instanceof Stage.Ended(Termination ended)
                        && ended.reason().equals(Exit.START_ERROR)
                        && RestartRule.restarts(pod, container, ended)
                ? ended
                : null;
    }

    private static io.fabric8.kubernetes.api.model.ContainerState stage(
            PodState pod, ContainerState state, Stage stage, boolean over) {
        return switch (stage) {
            case Stage.Starting(Stage before) -> stage(pod, state, before, over);
            case Stage.Waiting waiting ->
                    over && pod.initialized()
                            ? lost()
                            : waiting(pod, waiting.reason(), waiting.message());
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
            PodState pod, String reason, String message) {
        String usual = pod.initContainers().isEmpty() ? "ContainerCreating" : "PodInitializing";
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason.isEmpty() ? usual : reason)
                .withMessage(emptyToNull(message))
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

    private static io.fabric8.kubernetes.api.model.ContainerState lastState(
            PodState pod, Container container, ContainerState state, boolean over) {
        Termination failed = failedStart(pod, container, state, over);
        Termination last = failed == null ? state.last() : failed;
        return last == null
                ? new io.fabric8.kubernetes.api.model.ContainerState()
                : terminated(last);
    }

    private static List<VolumeMountStatus> mounts(Container container) {
        return container.getVolumeMounts().stream().map(ContainerStatuses::mount).toList();
    }

    private static VolumeMountStatus mount(VolumeMount mount) {
        boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly());
        String recursive = mount.getRecursiveReadOnly();
        boolean deeply = recursive != null && !recursive.equals("Disabled");
        return new VolumeMountStatusBuilder()
                .withName(mount.getName())
                .withMountPath(mount.getMountPath())
                .withReadOnly(readOnly ? Boolean.TRUE : null)
                .withRecursiveReadOnly(readOnly ? deeply ? "Enabled" : "Disabled" : null)
                .build();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
