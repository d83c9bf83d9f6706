package dev.orrery.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/ */
class NodePressureTest {

    private final World world = World.ofNodes(1);

    @Test
    void whoUsesMoreThanItAskedForGoesFirst() {
        run("modest", "20Gi", "19Gi");
        run("greedy", "1Gi", "8Gi");
        run("idle", "", "6Gi");
        world.pass(15);

        assertThat(world.pod("greedy").getStatus().getReason()).isEqualTo("Evicted");
        assertThat(world.pod("greedy").getStatus().getMessage())
                .isEqualTo(
                        "The node was low on resource: memory. Threshold quantity: 100Mi,"
                                + " available: 0. Container main was using 8388608Ki, request is"
                                + " 1Gi, has larger consumption of memory. ");
        assertThat(world.condition("greedy", "DisruptionTarget")).isEqualTo("True");
        world.pass(60);
        assertThat(world.state("modest")).isEqualTo("Running");
        assertThat(world.state("idle")).isEqualTo("Running");
    }

    @Test
    void theNodeSaysSoAndTakesNoPodsThatAskForNothing() {
        run("greedy", "1Gi", "40Gi");
        world.pass(25);
        assertThat(pressure().getStatus()).isEqualTo("True");
        assertThat(pressure().getReason()).isEqualTo("KubeletHasInsufficientMemory");

        run("late", "", "1Mi");
        run("modest", "1Gi", "1Mi");
        world.pass(5);
        assertThat(world.pod("late").getStatus().getMessage())
                .isEqualTo("Pod was rejected: The node had condition: [MemoryPressure]. ");
        assertThat(world.state("modest")).isEqualTo("Running");

        world.pass(330);
        assertThat(pressure().getStatus()).isEqualTo("False");
    }

    private void run(String name, String request, String use) {
        Container container =
                new ContainerBuilder(World.container("nginx"))
                        .withNewResources()
                        .withRequests(
                                request.isEmpty()
                                        ? Map.of()
                                        : Map.of("memory", Quantity.parse(request)))
                        .endResources()
                        .build();
        world.run(
                name,
                container,
                pod -> pod.getMetadata().setAnnotations(Map.of("usage.orrery.dev/memory", use)));
        world.pass(1);
    }

    private NodeCondition pressure() {
        return world.api.read(Node.class, "", "node-1").getStatus().getConditions().stream()
                .filter(each -> each.getType().equals("MemoryPressure"))
                .findFirst()
                .orElseThrow();
    }
}
