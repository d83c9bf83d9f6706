package dev.orrery.controllermanager.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.deployment.DeploymentController;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.replicaset.ReplicaSetController;
import dev.orrery.controllermanager.service.Shop;
import dev.orrery.machinery.reconcile.Key;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/workloads/pods/disruptions/ */
class DisruptionLoopTest {

    private static final Key GUARD = new Key("default", "guard");

    private final TestCluster cluster =
            TestCluster.with(
                    DeploymentController::loop,
                    ReplicaSetController::loop,
                    DisruptionController::loop,
                    StaleDisruptions::loop);

    @Test
    void countsADeploymentsPodsOnceAcrossItsReplicaSets() {
        cluster.create(deployment(4));
        cluster.create(BudgetPlanTest.budget(null, "25%").build());
        cluster.settle();
        assertThat(status().getExpectedPods()).isEqualTo(4);
        assertThat(status().getDisruptionsAllowed()).isZero();

        cluster.runPods();
        assertThat(status().getCurrentHealthy()).isEqualTo(4);
        assertThat(status().getDisruptionsAllowed()).isEqualTo(1);
        assertThat(cluster.writesOfAnotherRun(GUARD)).isZero();
    }

    @Test
    void saysWhenPodsHaveNobodyWhoSaysHowManyThereShouldBe() {
        cluster.create(Shop.pod("a", "10.0.0.1").build());
        cluster.create(BudgetPlanTest.budget(null, "1").build());
        cluster.settle();

        assertThat(cluster.events().lines())
                .contains(
                        "Warning UnmanagedPods Pods selected by this PodDisruptionBudget (selector:"
                                + " &LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},})"
                                + " were found to be unmanaged. As a result, the status of the PDB"
                                + " cannot be calculated correctly, which may result in undefined"
                                + " behavior. To account for these pods please set"
                                + " \".spec.minAvailable\" field of the PDB to an integer value.");
    }

    @Test
    void failsSafeForPodsOfAJob() {
        cluster.create(
                Shop.pod("a", "10.0.0.1")
                        .editMetadata()
                        .withOwnerReferences(
                                new OwnerReferenceBuilder()
                                        .withApiVersion("batch/v1")
                                        .withKind("Job")
                                        .withName("pi")
                                        .withUid("pi-uid")
                                        .withController(true)
                                        .build())
                        .endMetadata()
                        .build());
        cluster.create(BudgetPlanTest.budget("50%", null).build());
        cluster.settle();

        assertThat(status().getConditions().getFirst().getMessage())
                .isEqualTo("jobs.batch does not implement the scale subresource");
        assertThat(cluster.events().lines())
                .contains(
                        "Warning CalculateExpectedPodCountFailed Failed to calculate the number of"
                                + " expected pods: jobs.batch does not implement the scale"
                                + " subresource");
    }

    @Test
    void waitsTwoMinutesForAPodThatWasPromisedToGo() {
        cluster.create(Shop.pod("a", "10.0.0.1").build());
        PodDisruptionBudget budget = cluster.create(BudgetPlanTest.budget("0", null).build());
        cluster.settle();
        cluster.store()
                .updateStatus(
                        cluster.get(PodDisruptionBudget.class, "guard")
                                .edit()
                                .editStatus()
                                .withDisruptedPods(Map.of("a", cluster.now().toString()))
                                .endStatus()
                                .build());
        cluster.settle();
        assertThat(status().getCurrentHealthy()).as(budget.getKind()).isZero();

        cluster.advance(Duration.ofMinutes(3));
        assertThat(status().getCurrentHealthy()).isEqualTo(1);
        assertThat(cluster.events().lines())
                .contains(
                        "Warning NotDeleted Pod was expected by PDB default/guard to be deleted but"
                                + " it wasn't");
    }

    @Test
    void takesBackADisruptionThatDoesNotCome() {
        Pod pod = cluster.create(Shop.pod("a", "10.0.0.1").build());
        cluster.store()
                .updateStatus(
                        new PodBuilder(pod)
                                .editStatus()
                                .addNewCondition()
                                .withType("DisruptionTarget")
                                .withStatus("True")
                                .withReason("EvictionByEvictionAPI")
                                .withLastTransitionTime(cluster.now().toString())
                                .endCondition()
                                .endStatus()
                                .build());
        cluster.settle();
        cluster.advance(Duration.ofMinutes(1));
        assertThat(disruption()).isEqualTo("True");

        cluster.advance(Duration.ofMinutes(2));
        assertThat(disruption()).isEqualTo("False");
    }

    private String disruption() {
        PodCondition condition = Pods.condition(cluster.get(Pod.class, "a"), "DisruptionTarget");
        return condition == null ? "" : condition.getStatus();
    }

    private PodDisruptionBudgetStatus status() {
        return cluster.get(PodDisruptionBudget.class, "guard").getStatus();
    }

    private static Deployment deployment(int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("nginx")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
