package dev.orrery.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The resources that a pod's containers were given, which its spec may want to be others. Pure. */
final class Allocation {

    private static final ResourceRequirements NOTHING = new ResourceRequirements();

    private Allocation() {}

    /** A newer version of a pod, with what its containers were given before. */
    static Pod keep(Pod newer, Pod before) {
        Map<String, ResourceRequirements> given = new HashMap<>();
        containers(before).forEach(each -> given.put(each.getName(), resources(each)));
        return with(newer, each -> given.getOrDefault(each.getName(), resources(each)));
    }

    /** As a kubelet before this one showed it: what ran goes on with what it had. */
    static Pod shown(Pod pod) {
        Map<String, ResourceRequirements> given = new HashMap<>();
        Stream.of(
                        pod.getStatus().getInitContainerStatuses(),
                        pod.getStatus().getContainerStatuses())
                .flatMap(List::stream)
                .filter(status -> status.getResources() != null)
                .forEach(status -> given.put(status.getName(), resources(status)));
        return with(pod, each -> given.getOrDefault(each.getName(), resources(each)));
    }

    static boolean differs(Pod one, Pod other) {
        Map<String, ResourceRequirements> given = new HashMap<>();
        containers(other).forEach(each -> given.put(each.getName(), resources(each)));
        return containers(one)
                .anyMatch(each ->
                        given.containsKey(each.getName())
                                && !resources(each).equals(given.get(each.getName())));
    }

    /** What the containers of a pod ask for, by name. */
    static Map<String, Map<String, Quantity>> requests(Pod pod) {
        Map<String, Map<String, Quantity>> requests = new HashMap<>();
        containers(pod).forEach(each -> requests.put(each.getName(), requests(each)));
        return requests;
    }

    private static Map<String, Quantity> requests(Container container) {
        return Objects.requireNonNullElse(resources(container).getRequests(), Map.of());
    }

    private static Pod with(Pod pod, Given given) {
        if (containers(pod).allMatch(each -> resources(each).equals(given.to(each)))) {
            return pod;
        }
        UnaryOperator<Container> change =
                each -> new ContainerBuilder(each).withResources(given.to(each)).build();
        PodSpec spec = pod.getSpec();
        return new PodBuilder(pod)
                .editSpec()
                .withInitContainers(spec.getInitContainers().stream().map(change).toList())
                .withContainers(spec.getContainers().stream().map(change).toList())
                .endSpec()
                .build();
    }

    private static Stream<Container> containers(Pod pod) {
        return Stream.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())
                .flatMap(List::stream);
    }

    private static ResourceRequirements resources(Container container) {
        return bare(container.getResources());
    }

    private static ResourceRequirements resources(ContainerStatus status) {
        return bare(status.getResources());
    }

    /** To name none is to name an empty list. */
    private static ResourceRequirements bare(@Nullable ResourceRequirements resources) {
        return resources == null ? NOTHING : resources;
    }

    @FunctionalInterface
    private interface Given {
        ResourceRequirements to(Container container);
    }
}
