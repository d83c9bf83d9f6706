package dev.orrery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Java client against the cluster, as an operator's author uses it. */
@ExtendWith(SharedCluster.class)
class JavaClientIT {

    private static final String NAMESPACE = "java-client";

    private final KubernetesClient client;

    JavaClientIT(RunningCluster cluster) throws Exception {
        client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(Files.readString(cluster.kubeconfig())))
                        .build();
    }

    @BeforeEach
    void createNamespace() {
        client.namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(NAMESPACE)
                                .endMetadata()
                                .build())
                .create();
    }

    @AfterEach
    void deleteNamespace() {
        client.namespaces().withName(NAMESPACE).delete();
        client.namespaces()
                .withName(NAMESPACE)
                .waitUntilCondition(gone -> gone == null, 60, TimeUnit.SECONDS);
        client.close();
    }

    @Test
    void listsWatchesPatchesAndIsRefused() throws Exception {
        LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        try (var _ =
                client.configMaps()
                        .inNamespace(NAMESPACE)
                        .withLabel("kept", "yes")
                        .watch(recordInto(events))) {
            ConfigMap made = client.resource(configMap()).create();
            assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("ADDED settings {a=1}");

            client.configMaps()
                    .inNamespace(NAMESPACE)
                    .withName("settings")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"a\":\"2\"}}");
            assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("MODIFIED settings {a=2}");

            assertThat(client.configMaps().inNamespace(NAMESPACE).list().getItems())
                    .extracting(map -> map.getMetadata().getName())
                    .contains("settings");
            assertThat(codeOf(() -> client.resource(made).update())).isEqualTo(409);

            client.resource(configMap()).delete();
            assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("DELETED settings {a=2}");
        }
    }

    @Test
    void appliesOnTheServersSide() {
        Deployment made = client.resource(deployment()).serverSideApply();
        assertThat(made.getMetadata().getManagedFields())
                .extracting(entry -> entry.getManager() + " " + entry.getOperation())
                .contains("fabric8 Apply");
        assertThat(client.resource(deployment()).serverSideApply().getMetadata().getGeneration())
                .isEqualTo(1);

        Deployment other = deployment();
        other.getSpec().setReplicas(3);
        PatchContext operator = PatchContext.of(PatchType.SERVER_SIDE_APPLY);
        operator.setFieldManager("operator");
        operator.setForce(false);
        assertThat(codeOf(() -> client.resource(other).patch(operator))).isEqualTo(409);
        assertThat(
                        client.resource(other)
                                .forceConflicts()
                                .fieldManager("operator")
                                .serverSideApply()
                                .getSpec()
                                .getReplicas())
                .isEqualTo(3);
    }

    @Test
    void waitsForADeployment() {
        client.resource(deployment()).create();

        Deployment ready =
                client.apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withName("web")
                        .waitUntilReady(60, TimeUnit.SECONDS);

        assertThat(ready.getStatus().getReadyReplicas()).isEqualTo(2);
    }

    private static int codeOf(Runnable action) {
        try {
            action.run();
            return 200;
        } catch (KubernetesClientException e) {
            return e.getCode();
        }
    }

    private static Watcher<ConfigMap> recordInto(LinkedBlockingQueue<String> events) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                events.add(action + " " + map.getMetadata().getName() + " " + map.getData());
            }

            @Override
            public void onClose(@Nullable WatcherException cause) {}
        };
    }

    private static ConfigMap configMap() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("settings")
                .addToLabels("kept", "yes")
                .endMetadata()
                .withData(Map.of("a", "1"))
                .build();
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("nginx")
                .withImage("nginx:1.16")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
