package dev.orrery.scheduler.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.scheduler.Make;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.NodeInfo;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Score;
import dev.orrery.scheduler.framework.Status;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Scores of single plugins. Laws:
 * https://kubernetes.io/docs/reference/scheduling/config/#scheduling-plugins and
 * https://kubernetes.io/docs/concepts/scheduling-eviction/resource-bin-packing/
 */
class NodeScoresTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void resourcesFitPrefersEmptierNode() {
        Pod pod = Make.pod("p", Map.of("cpu", "1", "memory", "1Gi")).build();
        NodeInfo empty = NodeInfo.of(Make.node("a", "4", "8Gi"));
        NodeInfo half = NodeInfo.of(Make.node("b", "4", "8Gi"));
        half.add(PodInfo.of(Make.pod("r", Map.of("cpu", "2", "memory", "4Gi")).build()));

        assertThat(
                        scores(
                                new NodeResourcesFit(new Cluster(namespace -> Map.of())),
                                pod,
                                empty,
                                half))
                .containsExactly(81, 31);
    }

    @Test
    void resourcesFitTakesPodWithoutRequestsToUseALittle() {
        Pod pod = Make.pod("p").build();
        NodeInfo empty = NodeInfo.of(Make.node("a", "1", "2000Mi"));

        assertThat(scores(new NodeResourcesFit(new Cluster(namespace -> Map.of())), pod, empty))
                .containsExactly(90);
    }

    @Test
    void balancedAllocationPrefersLikeMeasure() {
        Pod pod = Make.pod("p", Map.of("cpu", "3", "memory", "2Gi")).build();

        assertThat(
                        scores(
                                new NodeResourcesBalancedAllocation(),
                                pod,
                                NodeInfo.of(Make.node("a", "4", "8Gi")),
                                NodeInfo.of(Make.node("b", "12", "8Gi"))))
                .containsExactly(75, 100);
    }

    @Test
    void balancedAllocationSaysNothingOfPodsWithoutRequests() {
        Score plugin = new NodeResourcesBalancedAllocation();

        assertThat(plugin.preScore(new CycleState(), PodInfo.of(Make.pod("p").build()), List.of()))
                .isEqualTo(Status.SKIP);
    }

    @Test
    void taintTolerationPrefersFewestUntoleratedTaints() {
        Node one = Make.tainted(Make.node("b"), "x", "", "PreferNoSchedule");
        Node two = Make.tainted(one, "y", "", "PreferNoSchedule");

        assertThat(
                        scores(
                                new TaintToleration(),
                                Make.pod("p").build(),
                                NodeInfo.of(Make.node("a")),
                                NodeInfo.of(one),
                                NodeInfo.of(two)))
                .containsExactly(100, 50, 0);
    }

    @Test
    void nodeAffinityPrefersByWeight() {
        Pod pod =
                Make.pod("p")
                        .editSpec()
                        .withNewAffinity()
                        .withNewNodeAffinity()
                        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                        .withWeight(80)
                        .withNewPreference()
                        .addToMatchExpressions(Make.requirement("disk", "In", "ssd"))
                        .endPreference()
                        .endPreferredDuringSchedulingIgnoredDuringExecution()
                        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                        .withWeight(20)
                        .withNewPreference()
                        .addToMatchExpressions(Make.requirement("gpu", "Exists"))
                        .endPreference()
                        .endPreferredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .endAffinity()
                        .endSpec()
                        .build();
        Node ssd = Make.labelled(Make.node("a"), "disk", "ssd");

        assertThat(
                        scores(
                                new NodeAffinity(),
                                pod,
                                NodeInfo.of(ssd),
                                NodeInfo.of(Make.labelled(ssd, "gpu", "1")),
                                NodeInfo.of(Make.node("c"))))
                .containsExactly(80, 100, 0);
    }

    @Test
    void imageLocalityPrefersNodesThatHaveLargeImages() {
        Cluster cluster = new Cluster(namespace -> Map.of());
        cluster.observe(withImage(Make.node("a"), "nginx:1.27", 523 * MIB));
        cluster.observe(withImage(Make.node("b"), "nginx:1.27", 10 * MIB));
        cluster.observe(Make.node("c"));

        // 523 MiB, which two of three nodes have, count 348: (348 - 23) / (1000 - 23) = 33 %
        assertThat(
                        scores(
                                new ImageLocality(cluster),
                                Make.pod("p").build(),
                                cluster.nodes().toArray(NodeInfo[]::new)))
                .containsExactly(33, 0, 0);
    }

    private static Node withImage(Node node, String image, long bytes) {
        return node.edit()
                .editStatus()
                .addNewImage()
                .addToNames(image)
                .withSizeBytes(bytes)
                .endImage()
                .endStatus()
                .build();
    }

    private static List<Integer> scores(Score plugin, Pod pod, NodeInfo... nodes) {
        CycleState state = new CycleState();
        PodInfo info = PodInfo.of(pod);
        List<NodeInfo> list = List.of(nodes);
        plugin.preScore(state, info, list);
        long[] scores = new long[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            scores[i] = plugin.score(state, info, nodes[i]);
        }
        plugin.normalize(state, list, scores);
        List<Integer> result = new ArrayList<>();
        for (long score : scores) {
            result.add(Math.toIntExact(score));
        }
        return result;
    }
}
