package dev.orrery.controllermanager.resourcequota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
class ResourceQuotaLoopTest {

    private final TestCluster cluster = TestCluster.with(ResourceQuotaController::loop);

    @BeforeEach
    void createQuota() {
        cluster.create(
                new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("all")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("5"))
                        .addToHard("configmaps", new Quantity("5"))
                        .endSpec()
                        .build());
        cluster.settle();
    }

    @Test
    void tellsWhatIsUsedFromTheBeginning() {
        assertThat(used()).isEqualTo(amounts("pods", "0", "configmaps", "0"));
        assertThat(cluster.writesOfAnotherRun(new Key("default", "all"))).isZero();
    }

    @Test
    void followsWhatComesAndGoes() {
        createPod("a");
        createPod("b");
        createMap();
        cluster.advance(Duration.ofSeconds(1));
        assertThat(used()).isEqualTo(amounts("pods", "2", "configmaps", "1"));

        cluster.store().delete(Pod.class, "default", "a", Deletion.ANY);
        cluster.store().delete(ConfigMap.class, "default", "map", Deletion.ANY);
        cluster.advance(Duration.ofSeconds(1));
        assertThat(used()).isEqualTo(amounts("pods", "1", "configmaps", "0"));
    }

    @Test
    void noticesThatAPodHasEnded() {
        Pod pod = createPod("a");
        cluster.store()
                .updateStatus(
                        new PodBuilder(pod)
                                .withNewStatus()
                                .withPhase("Succeeded")
                                .endStatus()
                                .build());
        cluster.advance(Duration.ofSeconds(1));

        assertThat(used()).isEqualTo(amounts("pods", "0", "configmaps", "0"));
    }

    @Test
    void countsAFloodOfPodsAFewTimes() {
        int before = cluster.api().writes().size();
        for (int i = 0; i < 100; i++) {
            createPod("p" + i);
            cluster.advance(Duration.ofMillis(10));
        }
        cluster.advance(Duration.ofSeconds(1));

        assertThat(used()).isEqualTo(amounts("pods", "100", "configmaps", "0"));
        assertThat(cluster.api().writes().size() - before - 100).isLessThan(10);
    }

    @Test
    void correctsAStatusThatSaysOtherwise() {
        ResourceQuota quota = cluster.get(ResourceQuota.class, "all");
        cluster.store()
                .updateStatus(
                        new ResourceQuotaBuilder(quota)
                                .editStatus()
                                .withHard(amounts("pods", "77"))
                                .endStatus()
                                .build());
        cluster.settle();

        assertThat(cluster.get(ResourceQuota.class, "all").getStatus().getHard())
                .isEqualTo(amounts("pods", "5", "configmaps", "5"));
    }

    private Pod createPod(String name) {
        return cluster.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .endContainer()
                        .endSpec()
                        .build());
    }

    private void createMap() {
        cluster.create(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("map")
                        .endMetadata()
                        .build());
    }

    private Map<String, Quantity> used() {
        return cluster.get(ResourceQuota.class, "all").getStatus().getUsed();
    }

    private static Map<String, Quantity> amounts(String name, String amount) {
        return Map.of(name, new Quantity(amount));
    }

    private static Map<String, Quantity> amounts(
            String one, String amount, String other, String otherAmount) {
        return Map.of(one, new Quantity(amount), other, new Quantity(otherAmount));
    }
}
