package dev.orrery.controllermanager.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
class NamespaceLoopTest {

    private final TestCluster cluster = TestCluster.with(NamespaceController::loop);

    @Test
    void deletesPodsFirstThenTheRestThenTheNamespace() {
        cluster.create(
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .endMetadata()
                        .withNewSpec()
                        .withFinalizers("kubernetes")
                        .endSpec()
                        .build());
        cluster.create(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .withNamespace("default")
                        .endMetadata()
                        .build());
        cluster.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName("held")
                        .withNamespace("default")
                        .withFinalizers("example.com/hold")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build());
        cluster.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName("free")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build());
        cluster.settle();

        cluster.store().delete(Namespace.class, "", "default", Deletion.ANY);
        cluster.settle();

        assertThat(cluster.get(Pod.class, "held").getMetadata().getDeletionTimestamp()).isNotNull();
        assertThat(cluster.list(ConfigMap.class)).hasSize(1);
        Namespace ending = cluster.store().get(Namespace.class, "", "default");
        assertThat(ending.getStatus().getPhase()).isEqualTo("Terminating");
        assertThat(ending.getStatus().getConditions())
                .extracting(NamespaceCondition::getType, NamespaceCondition::getMessage)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "NamespaceContentRemaining",
                                "Some resources are remaining: pods. has 1 resource instances"),
                        org.assertj.core.groups.Tuple.tuple(
                                "NamespaceFinalizersRemaining",
                                "Some content in the namespace has finalizers remaining:"
                                        + " example.com/hold in 1 resource instances"));
        assertThat(cluster.writesOfAnotherRun(new Key("", "default"))).isZero();

        cluster.store()
                .update(
                        new PodBuilder(cluster.get(Pod.class, "held"))
                                .editMetadata()
                                .withFinalizers()
                                .endMetadata()
                                .build());
        cluster.settle();

        assertThat(cluster.list(ConfigMap.class)).isEmpty();
        assertThat(cluster.store().list(Namespace.class, "")).isEmpty();
    }
}
