package dev.orrery.kubelet.life;

import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a kubelet knows of one pod of its node. Immutable.
 *
 * @param pod as the API has it, but with the resources that its containers were given
 * @param podIp of its sandbox; empty before there is one; kept after the sandbox is gone
 * @param sandbox whether its network namespace stands
 * @param containers by name; those without an entry are new
 * @param resize of what is asked for and not yet so
 * @param ending null while it is to run
 */
public record PodState(
        Pod pod,
        Instant startTime,
        String podIp,
        boolean sandbox,
        Map<String, ContainerState> containers,
        Resize resize,
        @Nullable Ending ending) {

    public PodState {
        containers = Map.copyOf(containers);
    }

    public static PodState accepted(Pod pod, Instant now) {
        return new PodState(pod, now, "", false, Map.of(), Resize.NONE, null);
    }

    public ContainerState container(String name) {
        return containers.getOrDefault(name, ContainerState.NEW);
    }

    public ContainerState container(Container container) {
        return container(container.getName());
    }

    public PodState with(String name, ContainerState state) {
        Map<String, ContainerState> changed = new HashMap<>(containers);
        changed.put(name, state);
        return new PodState(pod, startTime, podIp, sandbox, changed, resize, ending);
    }

    public PodState withPod(Pod newer) {
        return new PodState(newer, startTime, podIp, sandbox, containers, resize, ending);
    }

    public PodState withResize(Resize how) {
        return new PodState(pod, startTime, podIp, sandbox, containers, how, ending);
    }

    public PodState withSandbox(String address) {
        return new PodState(pod, startTime, address, true, containers, resize, ending);
    }

    /** Nothing runs and nothing will. */
    public PodState over() {
        Map<String, ContainerState> settled = new HashMap<>();
        containers.forEach((name, container) -> settled.put(name, container.settled()));
        return new PodState(pod, startTime, podIp, false, settled, Resize.NONE, ending);
    }

    public PodState ending(Ending why) {
        return new PodState(pod, startTime, podIp, sandbox, containers, resize, why);
    }

    public List<Container> initContainers() {
        return pod.getSpec().getInitContainers();
    }

    public List<Container> mainContainers() {
        return pod.getSpec().getContainers();
    }

    /** In the form of the others; they differ in the API only by a few fields. */
    public List<Container> ephemeralContainers() {
        return pod.getSpec().getEphemeralContainers().stream()
                .map(each -> Json.MAPPER.convertValue(each, Container.class))
                .toList();
    }

    /** Init containers first, in the order of the spec. */
    public Stream<Container> allContainers() {
        return Stream.of(initContainers(), mainContainers(), ephemeralContainers())
                .flatMap(List::stream);
    }

    public Role role(Container container) {
        for (Container init : initContainers()) {
            if (init.getName().equals(container.getName())) {
                return isSidecar(init) ? Role.SIDECAR : Role.INIT;
            }
        }
        return mainContainers().stream()
                        .anyMatch(each -> each.getName().equals(container.getName()))
                ? Role.MAIN
                : Role.EPHEMERAL;
    }

    /** Whether any main container has ever run: from then on init containers do not run again. */
    public boolean initialized() {
        return mainContainers().stream().anyMatch(each -> container(each).hasRun());
    }

    public String restartPolicy() {
        return Objects.requireNonNullElse(pod.getSpec().getRestartPolicy(), "Always");
    }

    /** An init container that runs beside the main ones. */
    public static boolean isSidecar(Container initContainer) {
        return "Always".equals(initContainer.getRestartPolicy());
    }

    public boolean isDeleted() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }
}
