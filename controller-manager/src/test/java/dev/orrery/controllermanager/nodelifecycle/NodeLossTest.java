package dev.orrery.controllermanager.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.podgc.PodGarbageCollector;
import dev.orrery.controllermanager.tainteviction.TaintEviction;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/architecture/nodes/#condition */
class NodeLossTest {

    private final TestCluster cluster =
            TestCluster.with(NodeLifecycle::loop, TaintEviction::loop, PodGarbageCollector::loop);

    @BeforeEach
    void twoNodes() {
        node("node-1");
        node("node-2");
        pod("short", 30);
        pod("long", 300);
        pod("patient", null);
        cluster.runPods();
    }

    @Test
    void aSilentNodeIsUnknownItsPodsAreNotReadyAndGoWhenTheyTolerateNoMore() {
        live(Duration.ofMinutes(2), "node-1", "node-2");
        assertThat(ready("node-1")).isEqualTo("True");

        live(Duration.ofSeconds(50), "node-2");
        assertThat(ready("node-1")).isEqualTo("Unknown");
        assertThat(ready("node-2")).isEqualTo("True");
        assertThat(taints("node-1"))
                .containsExactlyInAnyOrder(
                        "node.kubernetes.io/unreachable:NoSchedule",
                        "node.kubernetes.io/unreachable:NoExecute");
        assertThat(cluster.list(Pod.class)).noneMatch(Pods::isReady);
        assertThat(cluster.events().lines())
                .contains("Normal NodeNotReady Node node-1 status is now: NodeNotReady");

        live(Duration.ofSeconds(40), "node-2");
        assertThat(names()).containsExactlyInAnyOrder("long", "patient");

        live(Duration.ofMinutes(5), "node-2");
        assertThat(names()).containsExactly("patient");
    }

    @Test
    void aNodeThatComesBackInTimeKeepsItsPods() {
        live(Duration.ofSeconds(60), "node-2");
        assertThat(taints("node-1")).hasSize(2);

        live(Duration.ofMinutes(6), "node-1", "node-2");
        assertThat(taints("node-1")).isEmpty();
        assertThat(names()).contains("long", "patient");
    }

    @Test
    void noPodIsThrownOutWhenAllNodesAreSilent() {
        live(Duration.ofMinutes(10));
        assertThat(taints("node-1")).containsExactly("node.kubernetes.io/unreachable:NoSchedule");
        assertThat(names()).hasSize(3);
    }

    @Test
    void podsOfADeletedNodeAreSweptUp() {
        cluster.store().delete(Node.class, "", "node-1", Deletion.ANY);
        live(Duration.ofMinutes(2), "node-2");
        assertThat(names()).isEmpty();
    }

    /** Lets time pass in which only these nodes give signs of life. */
    private void live(Duration duration, String... alive) {
        for (long second = 0; second < duration.toSeconds(); second += 10) {
            for (String name : alive) {
                beat(name);
            }
            cluster.advance(Duration.ofSeconds(10));
        }
    }

    private void beat(String name) {
        Node node = cluster.store().get(Node.class, "", name);
        cluster.store()
                .updateStatus(
                        new NodeBuilder(node)
                                .withNewStatus()
                                .addNewCondition()
                                .withType("Ready")
                                .withStatus("True")
                                .withLastHeartbeatTime(cluster.now().toString())
                                .endCondition()
                                .endStatus()
                                .build());
    }

    private void node(String name) {
        cluster.create(
                new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build());
        beat(name);
        cluster.settle();
    }

    private void pod(String name, @Nullable Integer tolerationSeconds) {
        cluster.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node-1")
                        .withTolerations(toleration(tolerationSeconds))
                        .endSpec()
                        .build());
    }

    private static Toleration toleration(@Nullable Integer seconds) {
        return new TolerationBuilder()
                .withKey("node.kubernetes.io/unreachable")
                .withOperator("Exists")
                .withEffect("NoExecute")
                .withTolerationSeconds(seconds == null ? null : seconds.longValue())
                .build();
    }

    private String ready(String name) {
        Node node = cluster.store().get(Node.class, "", name);
        return NodeConditions.status(node, "Ready");
    }

    private List<String> taints(String name) {
        return cluster.store().get(Node.class, "", name).getSpec().getTaints().stream()
                .map(NodeLossTest::text)
                .toList();
    }

    private static String text(Taint taint) {
        return taint.getKey() + ":" + taint.getEffect();
    }

    private List<String> names() {
        return cluster.list(Pod.class).stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }
}
