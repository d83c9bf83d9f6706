package dev.orrery.controllermanager.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/ */
class HorizontalLoopTest {

    private final Map<String, Long> cpu = new HashMap<>();
    private boolean down;

    private final TestCluster cluster =
            TestCluster.with(surroundings ->
                    HorizontalController.loop(
                            surroundings,
                            (namespace, selector) -> {
                                if (down) {
                                    throw new MetricException(
                                            "unable to fetch metrics from resource metrics API: the"
                                                    + " server could not find the requested resource"
                                                    + " (get pods.metrics.k8s.io)");
                                }
                                return usages();
                            }));

    @Test
    void growsAtOnceAndShrinksAfterFiveMinutes() {
        deployment(2);
        pods(2, 900);
        cluster.create(Load.autoscaler().build());
        cluster.settle();
        assertThat(replicas()).isEqualTo(4);
        assertThat(cluster.events().lines())
                .containsExactly(
                        "Normal SuccessfulRescale New size: 4; reason: cpu resource utilization"
                                + " (percentage of request) above target");
        assertThat(status().getDesiredReplicas()).isEqualTo(4);
        assertThat(status().getLastScaleTime()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(conditions())
                .containsExactly(
                        "AbleToScale True SucceededRescale the HPA controller was able to update"
                                + " the target scale to 4",
                        "ScalingActive True ValidMetricFound the HPA was able to successfully"
                                + " calculate a replica count from cpu resource utilization"
                                + " (percentage of request)",
                        "ScalingLimited False DesiredWithinRange the desired count is within the"
                                + " acceptable range");

        pods(4, 100);
        cluster.advance(Duration.ofMinutes(4));
        assertThat(replicas()).isEqualTo(4);
        assertThat(conditions().getFirst())
                .isEqualTo(
                        "AbleToScale True ScaleDownStabilized recent recommendations were higher"
                                + " than current one, applying the highest recent recommendation");
        cluster.advance(Duration.ofMinutes(2));
        assertThat(replicas()).isEqualTo(1);
        assertThat(cluster.events().lines())
                .contains("Normal SuccessfulRescale New size: 1; reason: All metrics below target");
    }

    @Test
    void bringsTheTargetIntoItsBounds() {
        deployment(20);
        cluster.create(Load.autoscaler().build());
        cluster.settle();

        assertThat(replicas()).isEqualTo(10);
        assertThat(cluster.events().lines())
                .containsExactly(
                        "Normal SuccessfulRescale New size: 10; reason: Current number of replicas"
                                + " above Spec.MaxReplicas");
    }

    @Test
    void leavesATargetWithoutReplicasAlone() {
        deployment(0);
        cluster.create(Load.autoscaler().build());
        cluster.settle();

        assertThat(replicas()).isZero();
        assertThat(conditions().getLast())
                .isEqualTo(
                        "ScalingActive False ScalingDisabled scaling is disabled since the replica"
                                + " count of the target is zero");
    }

    @Test
    void saysThatThereAreNoMetrics() {
        down = true;
        deployment(1);
        cluster.create(Load.autoscaler().build());
        cluster.settle();

        String message =
                "failed to get cpu utilization: unable to get metrics for resource cpu: unable to"
                        + " fetch metrics from resource metrics API: the server could not find the"
                        + " requested resource (get pods.metrics.k8s.io)";
        assertThat(conditions().getLast())
                .isEqualTo(
                        "ScalingActive False FailedGetResourceMetric the HPA was unable to compute"
                                + " the replica count: "
                                + message);
        assertThat(cluster.events().lines())
                .containsExactly(
                        "Warning FailedGetResourceMetric " + message,
                        "Warning FailedComputeMetricsReplicas invalid metrics (1 invalid out of"
                                + " 1), first error is: failed to get cpu resource metric value: "
                                + message);
    }

    @Test
    void saysThatThereIsNoTarget() {
        cluster.create(Load.autoscaler().build());
        cluster.settle();

        assertThat(conditions())
                .containsExactly(
                        "AbleToScale False FailedGetScale the HPA controller was unable to get the"
                                + " target's current scale: deployments \"web\" not found");
    }

    @Test
    void saysThatTwoScaleTheSame() {
        deployment(1);
        pods(1, 500);
        cluster.create(Load.autoscaler().build());
        cluster.create(Load.autoscaler().editMetadata().withName("other").endMetadata().build());
        cluster.settle();
        cluster.advance(Duration.ofSeconds(20));

        assertThat(conditions())
                .contains(
                        "ScalingActive False AmbiguousSelector pods by selector app=web are"
                                + " controlled by multiple HPAs: [default/other default/web]");
    }

    @Test
    void hasNoMetricsButTheUseOfResources() {
        deployment(1);
        cluster.create(
                Load.autoscaler()
                        .editSpec()
                        .withMetrics()
                        .addNewMetric()
                        .withType("Pods")
                        .withNewPods()
                        .withNewMetric()
                        .withName("rps")
                        .endMetric()
                        .endPods()
                        .endMetric()
                        .endSpec()
                        .build());
        cluster.settle();

        assertThat(conditions().getLast())
                .isEqualTo(
                        "ScalingActive False FailedGetPodsMetric the HPA was unable to compute the"
                                + " replica count: unable to get metric rps: unable to fetch metrics"
                                + " from custom metrics API: no custom metrics API"
                                + " (custom.metrics.k8s.io) registered");
    }

    private List<PodUsage> usages() {
        return cpu.entrySet().stream()
                .map(use ->
                        new PodUsage(
                                use.getKey(),
                                cluster.now(),
                                Duration.ofSeconds(15),
                                Map.of("web", Map.of("cpu", use.getValue()))))
                .toList();
    }

    private void pods(int count, long millis) {
        for (int i = 0; i < count; i++) {
            String name = "p" + i;
            if (cpu.put(name, millis) == null) {
                cluster.create(ready(name));
            }
        }
    }

    /** Long ready when the cluster begins. */
    private static Pod ready(String name) {
        return Load.pod(name)
                .edit()
                .editStatus()
                .withStartTime("2026-02-28T00:00:00Z")
                .endStatus()
                .build();
    }

    private void deployment(int replicas) {
        cluster.create(
                new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .addToMatchLabels("app", "web")
                        .endSelector()
                        .endSpec()
                        .build());
    }

    private int replicas() {
        return cluster.get(Deployment.class, "web").getSpec().getReplicas();
    }

    private HorizontalPodAutoscalerStatus status() {
        return cluster.get(HorizontalPodAutoscaler.class, "web").getStatus();
    }

    private List<String> conditions() {
        return status().getConditions().stream().map(HorizontalLoopTest::line).toList();
    }

    private static String line(HorizontalPodAutoscalerCondition condition) {
        return String.join(
                " ",
                condition.getType(),
                condition.getStatus(),
                condition.getReason(),
                condition.getMessage());
    }
}
