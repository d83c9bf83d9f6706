package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.image.ImageReference;
import dev.orrery.kubelet.life.Backoff;
import dev.orrery.kubelet.life.ContainerState;
import dev.orrery.kubelet.life.PodState;
import dev.orrery.kubelet.life.Resize;
import dev.orrery.kubelet.life.Stage;
import dev.orrery.kubelet.life.Termination;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a kubelet that begins finds on its node: what ran goes on running. There is no other memory
 * than the status that the API holds. Pure.
 */
final class Adoption {

    private static final String RUNTIME = "containerd://";

    private Adoption() {}

    static PodState of(Pod pod, Instant now) {
        PodStatus status = pod.getStatus();
        Map<String, ContainerStatus> statuses = new HashMap<>();
        Stream.of(
                        status.getInitContainerStatuses(),
                        status.getContainerStatuses(),
                        status.getEphemeralContainerStatuses())
                .flatMap(List::stream)
                .forEach(each -> statuses.put(each.getName(), each));
        Map<String, ContainerState> containers = new HashMap<>();
        PodState.accepted(pod, now)
                .allContainers()
                .forEach(spec -> {
                    ContainerStatus found = statuses.get(spec.getName());
                    if (found != null) {
                        containers.put(spec.getName(), container(found, spec, now));
                    }
                });
        String ip = Objects.requireNonNullElse(status.getPodIP(), "");
        return new PodState(
                Allocation.shown(pod),
                time(status.getStartTime(), now),
                ip,
                !ip.isEmpty(),
                containers,
                Resize.NONE,
                null);
    }

    /** The ids of the runs that a status shows. */
    static Stream<String> running(Pod pod) {
        return Stream.of(
                        pod.getStatus().getInitContainerStatuses(),
                        pod.getStatus().getContainerStatuses(),
                        pod.getStatus().getEphemeralContainerStatuses())
                .flatMap(List::stream)
                .filter(each -> each.getState() != null && each.getState().getRunning() != null)
                .map(each -> id(each.getContainerID()));
    }

    private static ContainerState container(ContainerStatus status, Container spec, Instant now) {
        ContainerStateTerminated last =
                status.getLastState() == null ? null : status.getLastState().getTerminated();
        return new ContainerState(
                stage(status, now),
                Objects.requireNonNullElse(status.getRestartCount(), 0),
                last == null ? null : termination(last, now),
                id(status.getContainerID()),
                status.getContainerID() == null ? "" : image(status.getImage(), spec),
                Objects.requireNonNullElse(status.getImageID(), ""),
                Backoff.NONE,
                Backoff.NONE);
    }

    private static Stage stage(ContainerStatus status, Instant now) {
        if (status.getState() != null && status.getState().getRunning() != null) {
            return new Stage.Running(
                    time(status.getState().getRunning().getStartedAt(), now),
                    Boolean.TRUE.equals(status.getStarted()),
                    Boolean.TRUE.equals(status.getReady()));
        }
        if (status.getState() != null && status.getState().getTerminated() != null) {
            return new Stage.Ended(termination(status.getState().getTerminated(), now));
        }
        return Stage.NEW;
    }

    private static Termination termination(ContainerStateTerminated ended, Instant now) {
        return new Termination(
                ended.getExitCode(),
                Objects.requireNonNullElse(ended.getReason(), ""),
                Objects.requireNonNullElse(ended.getMessage(), ""),
                time(ended.getStartedAt(), now),
                time(ended.getFinishedAt(), now),
                id(ended.getContainerID()));
    }

    /** The API shows the full name; the spec's own counts where it means the same. */
    private static String image(String shown, Container spec) {
        boolean same =
                ImageReference.parse(spec.getImage())
                        .map(image -> image.toString().equals(shown))
                        .orElse(false);
        return same ? spec.getImage() : shown;
    }

    private static String id(@Nullable String containerId) {
        return containerId == null ? "" : containerId.replaceFirst(RUNTIME, "");
    }

    private static Instant time(@Nullable String text, Instant otherwise) {
        return text == null ? otherwise : OffsetDateTime.parse(text).toInstant();
    }
}
