package dev.orrery.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * https://kubernetes.io/docs/tasks/administer-cluster/extended-resource-node/: who advertises a
 * resource patches the capacity of the node.
 */
class NodePatchTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final NodeShape SHAPE = new NodeShape("node-1", 0, "", "8", "32Gi", 110);
    private static final Node NODE = NodeObject.of(SHAPE, NOW);

    @Test
    void saysNothingOfANodeThatSaysAll() {
        assertThat(NodePatch.ofStatus(NODE, SHAPE, false, false, NOW)).isEmpty();
    }

    @Test
    void makesAllocatableWhatOthersAdvertise() {
        Node advertised =
                new NodeBuilder(NODE)
                        .editStatus()
                        .addToCapacity("example.com/dongle", new Quantity("4"))
                        .endStatus()
                        .build();
        assertThat(patch(advertised))
                .isEqualTo("{\"status\":{\"allocatable\":{\"example.com/dongle\":\"4\"}}}");
    }

    @Test
    void takesAwayWhatNobodyAdvertisesAnyMore() {
        Node left =
                new NodeBuilder(NODE)
                        .editStatus()
                        .addToAllocatable("example.com/dongle", new Quantity("4"))
                        .endStatus()
                        .build();
        assertThat(patch(left))
                .isEqualTo("{\"status\":{\"allocatable\":{\"example.com/dongle\":null}}}");
    }

    @Test
    void leavesTheCapacityOfOthersAsItIs() {
        Node both =
                new NodeBuilder(NODE)
                        .editStatus()
                        .addToCapacity("example.com/dongle", new Quantity("4"))
                        .addToAllocatable("example.com/dongle", new Quantity("4"))
                        .endStatus()
                        .build();
        assertThat(NodePatch.ofStatus(both, SHAPE, false, false, NOW)).isEmpty();
    }

    private static String patch(Node node) {
        return NodePatch.ofStatus(node, SHAPE, false, false, NOW).orElseThrow().toString();
    }
}
