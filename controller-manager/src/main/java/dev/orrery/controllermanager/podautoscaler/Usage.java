package dev.orrery.controllermanager.podautoscaler;

import dev.orrery.controllermanager.quantity.Amounts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One resource of pods, or of one container in each, by the pods' names.
 *
 * @param container empty for the whole pod
 */
record Usage(String resource, String container, Map<String, Sample> samples) {

    record Sample(long amount, Instant time, Duration window) {}

    Usage {
        samples = Map.copyOf(samples);
    }

    static Usage of(String resource, String container, String namespace, List<PodUsage> pods) {
        if (pods.isEmpty()) {
            throw new MetricException("no metrics returned from resource metrics API");
        }
        Map<String, Sample> samples = new HashMap<>();
        for (PodUsage pod : pods) {
            if (!container.isEmpty() && !pod.containers().containsKey(container)) {
                throw new MetricException(
                        "container %s not present in metrics for pod %s/%s"
                                .formatted(container, namespace, pod.pod()));
            }
            Collection<Map<String, Long>> measured =
                    container.isEmpty()
                            ? pod.containers().values()
                            : List.of(pod.containers().get(container));
            if (measured.stream().allMatch(amounts -> amounts.containsKey(resource))) {
                long sum = measured.stream().mapToLong(amounts -> amounts.get(resource)).sum();
                samples.put(pod.pod(), new Sample(sum, pod.time(), pod.window()));
            }
        }
        return new Usage(resource, container, samples);
    }

    /** What the pods ask for of this resource, by their names. */
    Map<String, Long> requests(Collection<Pod> pods) {
        Map<String, Long> requests = new HashMap<>();
        for (Pod pod : pods) {
            long sum = 0;
            for (Container container : lasting(pod)) {
                if (this.container.isEmpty() || this.container.equals(container.getName())) {
                    sum += request(pod, container);
                }
            }
            requests.put(pod.getMetadata().getName(), sum);
        }
        return requests;
    }

    private static List<Container> lasting(Pod pod) {
        List<Container> containers = new ArrayList<>(pod.getSpec().getContainers());
        pod.getSpec().getInitContainers().stream()
                .filter(container -> "Always".equals(container.getRestartPolicy()))
                .forEach(containers::add);
        return containers;
    }

    private long request(Pod pod, Container container) {
        Map<String, Quantity> requests =
                container.getResources() == null ? null : container.getResources().getRequests();
        Quantity request = requests == null ? null : requests.get(resource);
        if (request == null) {
            throw new MetricException(
                    "missing request for %s in container %s of Pod %s"
                            .formatted(resource, container.getName(), pod.getMetadata().getName()));
        }
        return Amounts.thousandths(request);
    }
}
