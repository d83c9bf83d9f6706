package dev.orrery.controllermanager.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/ */
class DaemonSetLoopTest {

    private static final Key AGENT = new Key("default", "agent");

    private final TestCluster cluster = TestCluster.with(DaemonSetController::loop);

    @BeforeEach
    void threeNodes() {
        node("node-1");
        node("node-2");
        node("node-3");
    }

    @Test
    void followsTheNodes() {
        create();
        run();
        assertThat(nodesOfPods()).containsExactlyInAnyOrder("node-1", "node-2", "node-3");
        assertThat(cluster.writesOfAnotherRun(AGENT)).isZero();

        node("node-4");
        taint("node-2");
        run();
        assertThat(nodesOfPods()).containsExactlyInAnyOrder("node-1", "node-3", "node-4");
        assertThat(set().getStatus().getDesiredNumberScheduled()).isEqualTo(3);
        assertThat(set().getStatus().getNumberReady()).isEqualTo(3);
    }

    @Test
    void aHeartbeatOfANodeWakesNobody() {
        create();
        run();
        int before = cluster.api().writes().size();
        Node node = cluster.store().get(Node.class, "", "node-1");
        cluster.store()
                .updateStatus(
                        new NodeBuilder(node)
                                .withNewStatus()
                                .withPhase("beat")
                                .endStatus()
                                .build());
        cluster.settle();
        assertThat(cluster.api().writes()).hasSize(before + 1);
    }

    @Test
    void rollsOutAndBackOnTheSameRevisions() {
        create();
        run();
        image("agent:2");
        run();
        assertThat(cluster.list(Pod.class))
                .extracting(DaemonSetLoopTest::image)
                .containsOnly("agent:2");

        image("agent:1");
        run();
        assertThat(cluster.list(ControllerRevision.class))
                .extracting(ControllerRevision::getRevision)
                .containsExactlyInAnyOrder(2L, 3L);
        assertThat(set().getStatus().getUpdatedNumberScheduled()).isEqualTo(3);
    }

    @Test
    void anUpdateThatIsTakenBackLeavesThePodsThatWereNotTouched() {
        create();
        run();
        Set<String> before = uids();
        image("agent:2");
        image("agent:1");
        run();
        assertThat(uids()).hasSize(3);
        assertThat(uids().stream().filter(before::contains)).hasSize(2);
    }

    @Test
    void removesFailedPodsEverMoreSlowly() {
        create();
        run();
        AtomicInteger failures = new AtomicInteger();
        for (int second = 0; second < 60; second++) {
            cluster.list(Pod.class).stream()
                    .filter(pod -> DaemonPodStamp.node(pod).equals("node-1"))
                    .forEach(pod -> fail(pod, failures));
            cluster.advance(Duration.ofSeconds(1));
            cluster.runPods();
        }
        assertThat(failures.get()).isBetween(6, 8);
        assertThat(cluster.events().lines())
                .anyMatch(line ->
                        line.matches(
                                "Warning FailedDaemonPod Found failed daemon pod default/agent-\\d+"
                                        + " on node node-1, will try to kill it"));
    }

    @Test
    void makesNoPodTwiceWhenAnswersAreLost() {
        AtomicInteger creates = new AtomicInteger();
        cluster.api()
                .loseAnswers(call ->
                        call.verb() == Verb.CREATE
                                && call.resource().equals("pods")
                                && creates.incrementAndGet() <= 2);
        create();
        cluster.advance(Duration.ofMinutes(1));
        assertThat(nodesOfPods()).containsExactlyInAnyOrder("node-1", "node-2", "node-3");
    }

    private void fail(Pod pod, AtomicInteger failures) {
        if (!"Failed".equals(pod.getStatus() == null ? "" : pod.getStatus().getPhase())) {
            failures.incrementAndGet();
            cluster.store()
                    .updateStatus(
                            new PodBuilder(pod)
                                    .withNewStatus()
                                    .withPhase("Failed")
                                    .endStatus()
                                    .build());
        }
    }

    private void create() {
        cluster.create(
                new DaemonSetBuilder()
                        .withNewMetadata()
                        .withName("agent")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .addToMatchLabels("app", "agent")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "agent")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("agent")
                        .withImage("agent:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        cluster.settle();
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
        cluster.settle();
    }

    private void taint(String name) {
        Node node = cluster.store().get(Node.class, "", name);
        cluster.store()
                .update(
                        new NodeBuilder(node)
                                .editSpec()
                                .addNewTaint("NoExecute", "mine", null, null)
                                .endSpec()
                                .build());
        cluster.settle();
    }

    private void image(String image) {
        cluster.store()
                .update(
                        new DaemonSetBuilder(set())
                                .editSpec()
                                .editTemplate()
                                .editSpec()
                                .editFirstContainer()
                                .withImage(image)
                                .endContainer()
                                .endSpec()
                                .endTemplate()
                                .endSpec()
                                .build());
        cluster.settle();
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }

    /** Until nothing changes any more: the kubelets run what is made and end what is to end. */
    private void run() {
        for (int i = 0; i < 12; i++) {
            cluster.runPods();
        }
    }

    private DaemonSet set() {
        return cluster.get(DaemonSet.class, "agent");
    }

    private Set<String> uids() {
        return cluster.list(Pod.class).stream()
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
    }

    private List<String> nodesOfPods() {
        return cluster.list(Pod.class).stream().map(DaemonPodStamp::node).toList();
    }
}
