package dev.orrery.controllermanager.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.FakeApi;
import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.replicationcontroller.ReplicationControllers;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/ */
class ReplicaSetLoopTest {

    private static final Key WEB = new Key("default", "web");

    private final TestCluster cluster =
            TestCluster.with(ReplicaSetController::loop, ReplicationControllers::loop);

    @Test
    void keepsTheNumberThroughDeletionAndFailure() {
        create(set(3));
        cluster.runPods();
        Pod lost = cluster.list(Pod.class).getFirst();
        cluster.store()
                .delete(
                        Pod.class,
                        "default",
                        lost.getMetadata().getName(),
                        dev.orrery.machinery.store.Deletion.ANY);
        Pod failed = cluster.list(Pod.class).getFirst();
        cluster.store()
                .updateStatus(
                        new PodBuilder(failed)
                                .editStatus()
                                .withPhase("Failed")
                                .endStatus()
                                .build());
        cluster.settle();

        assertThat(cluster.list(Pod.class)).hasSize(4);
        assertThat(cluster.get(ReplicaSet.class, "web").getStatus().getReplicas()).isEqualTo(3);
    }

    @Test
    void makesNoPodTooManyWhenAnswersAreLost() {
        AtomicInteger creates = new AtomicInteger();
        cluster.api().loseAnswers(call -> createsPod(call) && creates.incrementAndGet() <= 2);

        create(set(3));
        cluster.advance(Duration.ofMinutes(1));

        assertThat(cluster.list(Pod.class)).hasSize(3);
        assertThat(creates).hasValue(3);
    }

    @Test
    void countsAndDeletesAStrangersPodOfItsLabels() {
        create(set(2));
        cluster.runPods();
        cluster.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName("stray")
                        .withNamespace("default")
                        .addToLabels("app", "web")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build());
        cluster.settle();

        assertThat(cluster.list(Pod.class)).hasSize(2);
        assertThat(cluster.events().lines()).contains("Normal SuccessfulDelete Deleted pod: stray");
    }

    @Test
    void letsGoOfAPodThatNoLongerMatchesAndReplacesIt() {
        create(set(1));
        Pod pod = cluster.list(Pod.class).getFirst();
        cluster.store()
                .update(
                        new PodBuilder(pod)
                                .editMetadata()
                                .withLabels(Map.of("app", "debug"))
                                .endMetadata()
                                .build());
        cluster.settle();

        Pod released = cluster.get(Pod.class, pod.getMetadata().getName());
        assertThat(Owners.controllerOf(released)).isNull();
        assertThat(cluster.list(Pod.class)).hasSize(2);
    }

    @Test
    void becomesAvailableByMereWaiting() {
        create(new ReplicaSetBuilder(set(1)).editSpec().withMinReadySeconds(30).endSpec().build());
        cluster.runPods();
        assertThat(status().getReadyReplicas()).isEqualTo(1);
        assertThat(status().getAvailableReplicas()).isNull();

        cluster.advance(Duration.ofSeconds(31));

        assertThat(status().getAvailableReplicas()).isEqualTo(1);
    }

    @Test
    void triesFewCreatesWhileAllAreRefused() {
        cluster.api()
                .refuse(call ->
                        createsPod(call) ? FakeApi.status(403, "Forbidden", "quota") : null);
        create(set(100));

        assertThat(cluster.api().writes().stream().filter(ReplicaSetLoopTest::createsPod).count())
                .isLessThan(15);
        assertThat(status().getConditions())
                .singleElement()
                .satisfies(
                        condition -> assertThat(condition.getReason()).isEqualTo("FailedCreate"));

        cluster.api().refuse(_ -> null);
        cluster.advance(Duration.ofMinutes(5));

        assertThat(cluster.list(Pod.class)).hasSize(100);
        assertThat(status().getConditions()).isEmpty();
    }

    @Test
    void writesNothingWhenRunAgain() {
        create(set(2));
        cluster.runPods();

        assertThat(cluster.writesOfAnotherRun(WEB)).isZero();
    }

    @Test
    void runsReplicationControllersAlike() {
        cluster.create(
                new ReplicationControllerBuilder()
                        .withNewMetadata()
                        .withName("old")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .addToSelector("app", "old")
                        .withTemplate(template("old"))
                        .endSpec()
                        .build());
        cluster.settle();
        cluster.runPods();

        ReplicationController controller = cluster.get(ReplicationController.class, "old");
        assertThat(controller.getStatus().getAvailableReplicas()).isEqualTo(2);
        assertThat(controller.getStatus().getAdditionalProperties()).isEmpty();
        assertThat(Owners.isControlledBy(cluster.list(Pod.class).getFirst(), controller)).isTrue();
        assertThat(cluster.writesOfAnotherRun(new Key("default", "old"))).isZero();
    }

    private io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus status() {
        return cluster.get(ReplicaSet.class, "web").getStatus();
    }

    private void create(ReplicaSet set) {
        cluster.create(set);
        cluster.settle();
    }

    private static boolean createsPod(Call call) {
        return call.verb() == Verb.CREATE && call.resource().equals("pods");
    }

    private static ReplicaSet set(int replicas) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withTemplate(template("web"))
                .endSpec()
                .build();
    }

    private static io.fabric8.kubernetes.api.model.PodTemplateSpec template(String app) {
        return new io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("nginx")
                .withImage("nginx:1.16")
                .endContainer()
                .endSpec()
                .build();
    }
}
