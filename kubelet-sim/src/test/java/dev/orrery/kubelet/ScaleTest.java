package dev.orrery.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.kubelet.pod.Delays;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Many nodes in one process. The figures are printed, not judged; {@code -Dorrery.scale.nodes=1000}
 * gives those of the full size.
 */
class ScaleTest {

    private static final int NODES = Integer.getInteger("orrery.scale.nodes", 100);
    private static final int PODS_PER_NODE = 20;

    @Test
    void runsManyPodsOnManyNodes() {
        long start = System.nanoTime();
        World world = new World(KubeletConfig.DEFAULT.withNodes(NODES).withDelays(Delays.USUAL));
        world.begin();
        world.pass(3);
        long nodesReady = System.nanoTime();
        for (int node = 1; node <= NODES; node++) {
            for (int pod = 0; pod < PODS_PER_NODE; pod++) {
                world.api.put(pod(node, pod));
            }
        }
        world.pass(15);
        long podsReady = System.nanoTime();
        int writes = world.api.writes().size();
        world.pass(Duration.ofSeconds(100));
        long idle = System.nanoTime();

        System.out.printf(
                "nodes=%d registered in %d ms, pods=%d ready in %d ms with %d writes,"
                        + " 100 idle seconds in %d ms with %d writes, heap %d MB with the"
                        + " api's objects and log%n",
                NODES,
                (nodesReady - start) / 1_000_000,
                NODES * PODS_PER_NODE,
                (podsReady - nodesReady) / 1_000_000,
                writes,
                (idle - podsReady) / 1_000_000,
                world.api.writes().size() - writes,
                heapMegabytes());
        assertThat(world.condition("pod-1-0", "Ready")).isEqualTo("True");
        assertThat(world.condition("pod-" + NODES + "-19", "Ready")).isEqualTo("True");
    }

    private static long heapMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private static Pod pod(int node, int number) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("pod-" + node + "-" + number)
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-" + node)
                .withContainers(World.container("nginx:1.16"))
                .endSpec()
                .build();
    }
}
