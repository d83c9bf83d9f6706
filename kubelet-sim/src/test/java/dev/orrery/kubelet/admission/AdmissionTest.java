package dev.orrery.kubelet.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Law: "Resource Management for Pods and Containers" and "Assigning Pods to Nodes" of Kubernetes'
 * documentation; the words are those of a kubelet.
 */
class AdmissionTest {

    static Stream<Arguments> pods() {
        return Stream.of(
                arguments("fits", pod("1", "1Gi").build(), List.of(), Verdict.ADMITTED),
                arguments(
                        "too much cpu",
                        pod("1500m", "1Gi").build(),
                        List.of(pod("1", "1Gi").build()),
                        rejected(
                                "OutOfcpu",
                                "Node didn't have enough resource: cpu, requested: 1500, used:"
                                        + " 1000, capacity: 2000")),
                arguments(
                        "too much memory",
                        pod("1", "3Gi").build(),
                        List.of(pod("1", "2Gi").build()),
                        rejected(
                                "OutOfmemory",
                                "Node didn't have enough resource: memory, requested: 3221225472,"
                                        + " used: 2147483648, capacity: 4294967296")),
                arguments(
                        "too many pods",
                        pod("1m", "1").build(),
                        List.of(pod("1m", "1").build(), pod("1m", "1").build()),
                        rejected(
                                "OutOfpods",
                                "Node didn't have enough resource: pods, requested: 1, used: 2,"
                                        + " capacity: 2")),
                arguments(
                        "another node's label",
                        pod("1", "1Gi")
                                .editSpec()
                                .addToNodeSelector("disk", "ssd")
                                .endSpec()
                                .build(),
                        List.of(),
                        rejected(
                                "NodeAffinity",
                                "Predicate NodeAffinity failed: node(s) didn't match Pod's node"
                                        + " affinity/selector")),
                arguments(
                        "a port that is taken",
                        withPort(pod("1m", "1"), "127.0.0.1"),
                        List.of(withPort(pod("1m", "1"), "")),
                        rejected(
                                "NodePorts",
                                "Predicate NodePorts failed: node(s) didn't have free ports for"
                                        + " the requested pod ports")),
                arguments(
                        "the same port of other addresses",
                        withPort(pod("1m", "1"), "127.0.0.1"),
                        List.of(withPort(pod("1m", "1"), "127.0.0.2")),
                        Verdict.ADMITTED),
                arguments(
                        "a resource that the node does not know",
                        pod("1", "1Gi")
                                .editSpec()
                                .editFirstContainer()
                                .editResources()
                                .addToRequests("example.com/foo", new Quantity("5"))
                                .endResources()
                                .endContainer()
                                .endSpec()
                                .build(),
                        List.of(),
                        Verdict.ADMITTED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void decides(String name, Pod pod, List<Pod> others, Verdict expected) {
        assertThat(Admission.decide(pod, node(), others)).isEqualTo(expected);
    }

    /** The numbers of {@link Requests}' own example. */
    @Test
    void countsInitContainersAndSidecarsAsTheyRun() {
        Pod pod =
                pod("200m", "0")
                        .editSpec()
                        .addToContainers(container("300m", "0").build())
                        .addToInitContainers(
                                container("700m", "0").build(),
                                container("100m", "0").withRestartPolicy("Always").build())
                        .endSpec()
                        .build();
        assertThat(Requests.of(pod).amount("cpu")).isEqualTo(700);
    }

    private static Verdict rejected(String reason, String message) {
        return new Verdict.Rejected(reason, "Pod was rejected: " + message);
    }

    private static Node node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("node-1")
                .endMetadata()
                .withNewStatus()
                .withAllocatable(
                        Map.of(
                                "cpu", new Quantity("2"),
                                "memory", Quantity.parse("4Gi"),
                                "pods", new Quantity("2")))
                .endStatus()
                .build();
    }

    private static PodBuilder pod(String cpu, String memory) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("pod")
                .endMetadata()
                .withNewSpec()
                .withContainers(container(cpu, memory).build())
                .endSpec();
    }

    private static ContainerBuilder container(String cpu, String memory) {
        return new ContainerBuilder()
                .withName("main")
                .withNewResources()
                .addToRequests("cpu", Quantity.parse(cpu))
                .addToRequests("memory", Quantity.parse(memory))
                .endResources();
    }

    private static Pod withPort(PodBuilder pod, String hostIp) {
        return pod.editSpec()
                .editFirstContainer()
                .addNewPort()
                .withContainerPort(80)
                .withHostPort(8080)
                .withHostIP(hostIp)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }
}
