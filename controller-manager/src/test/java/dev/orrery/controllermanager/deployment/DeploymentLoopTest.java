package dev.orrery.controllermanager.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.FakeApi;
import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.replicaset.ReplicaSetController;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/ */
class DeploymentLoopTest {

    private static final Key WEB = new Key("default", "web");

    private final TestCluster cluster =
            TestCluster.with(DeploymentController::loop, ReplicaSetController::loop);

    @Test
    void goesFromADeploymentToReadyPods() {
        create(Sample.deployment(3, "25%", "25%"));

        cluster.runPods();

        assertThat(cluster.list(Pod.class)).hasSize(3);
        Deployment done = cluster.get(Deployment.class, "web");
        assertThat(done.getStatus().getAvailableReplicas()).isEqualTo(3);
        assertThat(done.getStatus().getObservedGeneration()).isEqualTo(1);
        assertThat(done.getMetadata().getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "1");
        ReplicaSet set = cluster.list(ReplicaSet.class).getFirst();
        assertThat(cluster.events().lines())
                .contains(
                        "Normal ScalingReplicaSet Scaled up replica set %s from 0 to 3"
                                .formatted(set.getMetadata().getName()))
                .filteredOn(line -> line.startsWith("Normal SuccessfulCreate Created pod: web-"))
                .hasSize(3);
    }

    @Test
    void writesNothingWhenRunAgain() {
        create(Sample.deployment(3, "25%", "25%"));
        cluster.runPods();

        assertThat(cluster.writesOfAnotherRun(WEB)).isZero();
    }

    @Test
    void rollsToANewImageWithinItsBounds() {
        create(Sample.deployment(4, "1", "1"));
        cluster.runPods();
        setImage("nginx:1.17");

        for (int i = 0; i < 20; i++) {
            List<Pod> alive =
                    cluster.list(Pod.class).stream()
                            .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                            .toList();
            assertThat(alive).hasSizeLessThanOrEqualTo(5);
            cluster.runPods();
        }

        assertThat(cluster.list(Pod.class))
                .hasSize(4)
                .allMatch(pod ->
                        pod.getSpec().getContainers().getFirst().getImage().equals("nginx:1.17"));
        assertThat(cluster.list(ReplicaSet.class))
                .extracting(set -> set.getSpec().getReplicas())
                .containsExactlyInAnyOrder(0, 4);
        assertThat(cluster.writesOfAnotherRun(WEB)).isZero();
    }

    @Test
    void adoptsASetOfItsLabelsAndContinuesItsNumbers() {
        Deployment deployment = Sample.deployment(1, "1", "0");
        ReplicaSet orphan =
                new ReplicaSetBuilder(
                                Sample.set(
                                        Sample.withImage(deployment, "old:1"), "stray", 1, 1, 0, 0))
                        .editMetadata()
                        .withOwnerReferences()
                        .addToLabels("app", "web")
                        .addToAnnotations("deployment.kubernetes.io/revision", "7")
                        .endMetadata()
                        .editSpec()
                        .withNewSelector()
                        .addToMatchLabels("app", "web")
                        .addToMatchLabels("stray", "yes")
                        .endSelector()
                        .editTemplate()
                        .editMetadata()
                        .addToLabels("stray", "yes")
                        .endMetadata()
                        .endTemplate()
                        .endSpec()
                        .build();
        cluster.create(orphan);
        create(deployment);
        for (int i = 0; i < 5; i++) {
            cluster.runPods();
        }

        ReplicaSet adopted = cluster.get(ReplicaSet.class, "stray");
        assertThat(adopted.getMetadata().getOwnerReferences())
                .extracting(owner -> owner.getName())
                .containsExactly("web");
        assertThat(adopted.getSpec().getReplicas()).isZero();
        assertThat(cluster.get(Deployment.class, "web").getMetadata().getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "8");
    }

    @Test
    void tellsWhyItsPodsCannotBeMade() {
        cluster.api()
                .refuse(call ->
                        call.verb() == Verb.CREATE && call.resource().equals("pods")
                                ? FakeApi.status(
                                        403, "Forbidden", "pods is forbidden: exceeded quota")
                                : null);
        create(Sample.deployment(3, "25%", "25%"));

        assertThat(cluster.get(Deployment.class, "web").getStatus().getConditions())
                .anySatisfy(condition -> {
                    assertThat(condition.getType()).isEqualTo("ReplicaFailure");
                    assertThat(condition.getReason()).isEqualTo("FailedCreate");
                    assertThat(condition.getMessage())
                            .isEqualTo("pods is forbidden: exceeded quota");
                });
        assertThat(cluster.events().lines())
                .contains("Warning FailedCreate Error creating: pods is forbidden: exceeded quota");
    }

    @Test
    void makesASetOfAnotherNameWhereTheHashMeetsAForeignOne() {
        Deployment deployment = Sample.deployment(1, "1", "0");
        String hash = TemplateHash.of(deployment.getSpec().getTemplate(), 0);
        ReplicaSet foreign = Sample.set(deployment, "web-" + hash, 1, 0, 0, 0);
        foreign.getSpec().setSelector(Sample.deployment(1, "1", "0").getSpec().getSelector());
        foreign.getMetadata().getOwnerReferences().getFirst().setUid("uid-of-another");
        cluster.create(foreign);

        create(deployment);

        assertThat(cluster.get(Deployment.class, "web").getStatus().getCollisionCount())
                .isEqualTo(1);
        assertThat(cluster.list(ReplicaSet.class)).hasSize(2);
    }

    private void create(Deployment deployment) {
        cluster.create(deployment);
        cluster.settle();
    }

    private void setImage(String image) {
        cluster.store().update(Sample.withImage(cluster.get(Deployment.class, "web"), image));
        cluster.settle();
    }
}
