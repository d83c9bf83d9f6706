package dev.orrery.scheduler.resource;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a pod asks of its node, computed once per version of the pod.
 *
 * <p>Containers run together, init containers one after the other before them, sidecars (init
 * containers that restart always) from their turn on: with containers of 1 and 2 CPUs, an init
 * container of 5 and a sidecar of 1 before it, the pod asks for max(1 + 2 + 1, 5 + 1) = 6 CPUs.
 *
 * @param asked what must fit
 * @param scored the same, with a small amount for each container that names none, so that pods
 *     without requests spread too
 */
public record PodRequests(Resources asked, Resources scored) {

    /** What scoring takes a container to use that does not say. */
    static final long DEFAULT_MILLI_CPU = 100;

    static final long DEFAULT_MEMORY = 200L * 1024 * 1024;

    public static PodRequests of(Pod pod) {
        return new PodRequests(
                total(pod, UnaryOperator.identity()), total(pod, PodRequests::withDefaults));
    }

    private static Resources total(Pod pod, UnaryOperator<Resources> each) {
        Resources together = Resources.NONE;
        for (Container container : pod.getSpec().getContainers()) {
            together = together.plus(each.apply(container(pod, container)));
        }
        Resources sidecars = Resources.NONE;
        Resources largestInit = Resources.NONE;
        for (Container container : pod.getSpec().getInitContainers()) {
            Resources own = each.apply(container(pod, container));
            if ("Always".equals(container.getRestartPolicy())) {
                together = together.plus(own);
                sidecars = sidecars.plus(own);
                largestInit = largestInit.max(sidecars);
            } else {
                largestInit = largestInit.max(own.plus(sidecars));
            }
        }
        return withOverhead(pod, withPodLevel(pod, together.max(largestInit)));
    }

    private static Resources withDefaults(Resources container) {
        Resources result = container;
        if (result.milliCpu() == 0) {
            result = result.withMilliCpu(DEFAULT_MILLI_CPU);
        }
        return result.memory() == 0 ? result.withMemory(DEFAULT_MEMORY) : result;
    }

    /** While a resize is under way, the larger of what is wanted and what is in place. */
    private static Resources container(Pod pod, Container container) {
        if (container.getResources() == null) {
            return Resources.NONE;
        }
        Resources wanted = Resources.of(container.getResources().getRequests());
        return wanted.max(inPlace(pod, container.getName()));
    }

    private static Resources inPlace(Pod pod, String container) {
        if (pod.getStatus() == null) {
            return Resources.NONE;
        }
        List<ContainerStatus> statuses = pod.getStatus().getContainerStatuses();
        for (ContainerStatus status : statuses) {
            if (container.equals(status.getName()) && status.getResources() != null) {
                return Resources.of(status.getResources().getRequests());
            }
        }
        return Resources.NONE;
    }

    /** Requests of the pod as a whole stand in place of its containers' sum. */
    private static Resources withPodLevel(Pod pod, Resources sum) {
        if (pod.getSpec().getResources() == null) {
            return sum;
        }
        Map<String, Quantity> requests = pod.getSpec().getResources().getRequests();
        Resources own = Resources.of(requests);
        Resources result = sum;
        for (String name : requests.keySet()) {
            if (name.equals("cpu")) {
                result = result.withMilliCpu(own.milliCpu());
            } else if (name.equals("memory")) {
                result = result.withMemory(own.memory());
            } else if (name.startsWith("hugepages-")) {
                result = result.withScalar(name, own.scalar(name));
            }
        }
        return result;
    }

    private static Resources withOverhead(Pod pod, Resources sum) {
        Map<String, Quantity> overhead = pod.getSpec().getOverhead();
        return overhead == null || overhead.isEmpty() ? sum : sum.plus(Resources.of(overhead));
    }
}
