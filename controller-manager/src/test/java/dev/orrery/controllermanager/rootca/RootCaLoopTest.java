package dev.orrery.controllermanager.rootca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.serviceaccount.ServiceAccountController;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * https://kubernetes.io/docs/concepts/configuration/secret/ and
 * https://kubernetes.io/docs/concepts/security/service-accounts/: what every namespace has.
 */
class RootCaLoopTest {

    private final TestCluster cluster =
            TestCluster.with(
                    surroundings -> RootCaController.loop(surroundings, "PEM"),
                    ServiceAccountController::loop);

    @BeforeEach
    void createNamespace() {
        cluster.create(
                new NamespaceBuilder().withNewMetadata().withName("default").endMetadata().build());
        cluster.settle();
    }

    @Test
    void givesEveryNamespaceItsCopyAndItsAccount() {
        assertThat(map().getData()).isEqualTo(Map.of("ca.crt", "PEM"));
        assertThat(cluster.get(ServiceAccount.class, "default")).isNotNull();
        assertThat(cluster.writesOfAnotherRun(new Key("", "default"))).isZero();
    }

    @Test
    void makesThemAgainWhenTheyAreDeleted() {
        cluster.store().delete(ConfigMap.class, "default", "kube-root-ca.crt", Deletion.ANY);
        cluster.store().delete(ServiceAccount.class, "default", "default", Deletion.ANY);
        cluster.settle();

        assertThat(map().getData()).isEqualTo(Map.of("ca.crt", "PEM"));
        assertThat(cluster.get(ServiceAccount.class, "default")).isNotNull();
    }

    @Test
    void correctsACopyThatWasEdited() {
        cluster.store()
                .update(new ConfigMapBuilder(map()).withData(Map.of("ca.crt", "other")).build());
        cluster.settle();

        assertThat(map().getData()).isEqualTo(Map.of("ca.crt", "PEM"));
    }

    private ConfigMap map() {
        return cluster.get(ConfigMap.class, "kube-root-ca.crt");
    }
}
