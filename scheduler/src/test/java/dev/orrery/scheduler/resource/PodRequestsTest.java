package dev.orrery.scheduler.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.scheduler.Make;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Laws: https://kubernetes.io/docs/concepts/workloads/pods/init-containers/ (resource sharing),
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/,
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-overhead/,
 * https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
 */
class PodRequestsTest {

    static Stream<Arguments> pods() {
        return Stream.of(
                row("containers add up", List.of(cpu("1"), cpu("2")), List.of(), 3000),
                row("largest init container counts", List.of(cpu("1")), List.of(cpu("5")), 5000),
                row(
                        "init containers run one by one",
                        List.of(cpu("4")),
                        List.of(cpu("3"), cpu("2")),
                        4000),
                row(
                        "sidecar runs beside containers",
                        List.of(cpu("1"), cpu("2")),
                        List.of(sidecar("1")),
                        4000),
                row(
                        "sidecar runs beside later init container",
                        List.of(cpu("1"), cpu("2")),
                        List.of(sidecar("1"), cpu("5")),
                        6000),
                row(
                        "earlier init container runs without sidecar",
                        List.of(cpu("1")),
                        List.of(cpu("5"), sidecar("1")),
                        5000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void addsUpContainers(
            String name, List<Container> containers, List<Container> inits, long cpu) {
        Pod pod =
                Make.pod("pod")
                        .editSpec()
                        .withContainers(containers)
                        .withInitContainers(inits)
                        .endSpec()
                        .build();

        assertThat(PodRequests.of(pod).asked().milliCpu()).isEqualTo(cpu);
    }

    @Test
    void podLevelRequestsAndOverheadComeOnTop() {
        Pod pod =
                Make.pod("pod", Map.of("cpu", "1", "memory", "1Gi"))
                        .editSpec()
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("3"))
                        .endResources()
                        .addToOverhead("cpu", new Quantity("250m"))
                        .endSpec()
                        .build();

        Resources asked = PodRequests.of(pod).asked();

        assertThat(asked.milliCpu()).isEqualTo(3250);
        assertThat(asked.memory()).isEqualTo(1L << 30);
    }

    @Test
    void scoringTakesContainersWithoutRequestsToUseALittle() {
        PodRequests requests = PodRequests.of(Make.pod("pod").build());

        assertThat(requests.asked().isNone()).isTrue();
        assertThat(requests.scored().milliCpu()).isEqualTo(100);
        assertThat(requests.scored().memory()).isEqualTo(200L * 1024 * 1024);
    }

    private static Arguments row(
            String name, List<Container> containers, List<Container> inits, long cpu) {
        return Arguments.of(name, containers, inits, cpu);
    }

    private static Container cpu(String amount) {
        return new ContainerBuilder()
                .withName("c" + amount)
                .withNewResources()
                .addToRequests("cpu", new Quantity(amount))
                .endResources()
                .build();
    }

    private static Container sidecar(String amount) {
        return new ContainerBuilder(cpu(amount)).withRestartPolicy("Always").build();
    }
}
