package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WorkbenchTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void nodesComeUp() {
        Workbench workbench = Workbench.start(1, 3, Faults.NONE);

        assertThat(workbench.runUntil(() -> nodes(workbench) == 3, PATIENCE)).isTrue();
    }

    @Test
    void aDeploymentBecomesReady() {
        Workbench workbench = withDeployment(1, 3, 5);

        assertThat(workbench.runUntil(() -> ready(workbench) == 5, PATIENCE))
                .as(() -> Story.tell(workbench.history(), 40))
                .isTrue();
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        List<String> one = historyOf(42);

        assertThat(historyOf(42)).isEqualTo(one);
        assertThat(historyOf(43)).isNotEqualTo(one);
    }

    private static List<String> historyOf(long seed) {
        Workbench workbench = withDeployment(seed, 3, 4);
        workbench.run(Duration.ofSeconds(30));
        return workbench.history().stream().map(WorkbenchTest::text).toList();
    }

    private static String text(LogRecord record) {
        byte[] value = record.value();
        return record.key()
                + " "
                + record.header()
                + " "
                + (value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }

    private static Workbench withDeployment(long seed, int nodes, int replicas) {
        Workbench workbench = Workbench.start(seed, nodes, Faults.NONE);
        workbench.admin().create(deployment(replicas));
        return workbench;
    }

    private static int nodes(Workbench workbench) {
        StoreClient admin = workbench.admin();
        return admin.list(Node.class, "").size();
    }

    private static int ready(Workbench workbench) {
        Deployment web = workbench.admin().get(Deployment.class, "default", "web");
        return Objects.requireNonNullElse(web.getStatus().getReadyReplicas(), 0);
    }

    private static Deployment deployment(int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
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
                .withName("nginx")
                .withImage("nginx:1.16")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
