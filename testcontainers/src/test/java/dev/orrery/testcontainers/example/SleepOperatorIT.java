package dev.orrery.testcontainers.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.testcontainers.junit.Orrery;
import dev.orrery.testcontainers.junit.OrreryCluster;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What needs a whole cluster to be tested: pods come and go with what the operator does. */
@EnabledIfSystemProperty(named = "faults", matches = ".+")
@Orrery(nodes = 2, resources = "sleep-operator.yaml")
class SleepOperatorIT {

    private static final String NAMESPACE = "sleepers";

    private final KubernetesClient client;

    SleepOperatorIT(KubernetesClient client) {
        this.client = client;
    }

    @Test
    void putsDeploymentsToSleepAndWakesThem() {
        try (var _ = new SleepOperator(client, NAMESPACE)) {
            awaitReady(3);
            assertThat(pods())
                    .allSatisfy(pod -> assertThat(pod.getSpec().getNodeName()).isNotEmpty());

            label("true");
            awaitReady(0);
            client.pods()
                    .inNamespace(NAMESPACE)
                    .withLabel("app", "web")
                    .informOnCondition(List::isEmpty)
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join();

            label("false");
            awaitReady(3);
        }
    }

    @Test
    void theSchedulerIsMissedAndComesBack(OrreryCluster cluster) {
        cluster.kill("scheduler");
        client.apps().deployments().inNamespace("default").resource(deployment("late")).create();
        client.pods()
                .inNamespace("default")
                .withLabel("app", "late")
                .informOnCondition(pods -> pods.size() == 3)
                .orTimeout(1, TimeUnit.MINUTES)
                .join();
        assertThat(client.pods().inNamespace("default").withLabel("app", "late").list().getItems())
                .allSatisfy(pod -> assertThat(pod.getSpec().getNodeName()).isNull());

        cluster.start("scheduler");
        client.apps()
                .deployments()
                .inNamespace("default")
                .withName("late")
                .waitUntilReady(1, TimeUnit.MINUTES);
    }

    private Deployment deployment(String name) {
        Deployment web = client.apps().deployments().inNamespace(NAMESPACE).withName("web").get();
        web.setMetadata(new ObjectMetaBuilder().withName(name).build());
        web.getSpec().setReplicas(3);
        web.getSpec().getSelector().setMatchLabels(Map.of("app", name));
        web.getSpec().getTemplate().getMetadata().setLabels(Map.of("app", name));
        web.setStatus(null);
        return web;
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(NAMESPACE).withLabel("app", "web").list().getItems();
    }

    private void label(String asleep) {
        client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("web")
                .edit(web -> {
                    web.getMetadata().getLabels().put(SleepOperator.SLEEP, asleep);
                    return web;
                });
    }

    private void awaitReady(int replicas) {
        client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("web")
                .waitUntilCondition(
                        web -> web != null && ready(web) == replicas, 1, TimeUnit.MINUTES);
    }

    private static int ready(Deployment web) {
        Integer ready = web.getStatus().getReadyReplicas();
        return ready == null ? 0 : ready;
    }
}
