package dev.orrery.kubelet.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/ */
class OutOfMemoryScoreTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    -,    -,    -,    1000
                    1,    4Gi,  4Gi,  -997
                    1,    4Gi,  8Gi,  750
                    1,    16Gi, -,    3
                    1,    -,    -,    999
                    """)
    void theMoreAContainerWasPromisedTheLaterItGoes(
            @Nullable String cpu, @Nullable String request, @Nullable String limit, int score) {
        assertThat(
                        OutOfMemoryScore.of(
                                pod(cpu, request, limit, 0),
                                container(cpu, request, limit),
                                16L << 30))
                .isEqualTo(score);
    }

    @ParameterizedTest
    @CsvSource({"1999999999, 1000", "2000000000, 1000", "2000001000, -997"})
    void whatTheNodeCannotDoWithoutGoesLast(int priority, int score) {
        Pod pod = pod(null, null, null, priority);
        assertThat(OutOfMemoryScore.of(pod, pod.getSpec().getContainers().getFirst(), 16L << 30))
                .isEqualTo(score);
    }

    private static Pod pod(
            @Nullable String cpu, @Nullable String request, @Nullable String limit, int priority) {
        return new PodBuilder()
                .withNewSpec()
                .withPriority(priority)
                .withContainers(container(cpu, request, limit))
                .endSpec()
                .build();
    }

    private static Container container(
            @Nullable String cpu, @Nullable String request, @Nullable String limit) {
        Map<String, Quantity> requests = new HashMap<>();
        Map<String, Quantity> limits = new HashMap<>();
        if (cpu != null) {
            requests.put("cpu", new Quantity(cpu));
            limits.put("cpu", new Quantity(cpu));
        }
        if (request != null) {
            requests.put("memory", Quantity.parse(request));
        }
        if (limit != null) {
            limits.put("memory", Quantity.parse(limit));
        }
        return new ContainerBuilder()
                .withResources(
                        new ResourceRequirementsBuilder()
                                .withRequests(requests)
                                .withLimits(limits)
                                .build())
                .build();
    }
}
