package dev.orrery.controllermanager.servicecidr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddress;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/tasks/network/extend-service-ip-ranges/ */
class ServiceCidrLoopTest {

    private final TestCluster cluster = TestCluster.with(ServiceCidrController::loop);

    @Test
    void saysThatARangeIsReadyAndProtectsIt() {
        range("more", "10.0.0.0/24");

        assertThat(ready("more")).isEqualTo("True");
        assertThat(get("more").getMetadata().getFinalizers())
                .containsExactly("networking.k8s.io/service-cidr-finalizer");
        assertThat(cluster.writesOfAnotherRun(new Key("", "more"))).isZero();
    }

    @Test
    void keepsARangeWhileAnAddressIsInNoOther() {
        range("more", "10.0.0.0/24");
        address("10.0.0.7");
        cluster.store().delete(ServiceCIDR.class, "", "more", Deletion.ANY);
        cluster.settle();
        cluster.advance(Duration.ofMinutes(1));
        assertThat(ready("more")).isEqualTo("False");
        assertThat(get("more").getStatus().getConditions().getFirst().getMessage())
                .isEqualTo(
                        "There are still IPAddresses referencing the ServiceCIDR, please remove"
                                + " them or create a new ServiceCIDR");

        cluster.store().delete(IPAddress.class, "", "10.0.0.7", Deletion.ANY);
        cluster.settle();
        cluster.advance(Duration.ofMinutes(1));
        assertThat(cluster.store().list(ServiceCIDR.class, "")).isEmpty();
    }

    @Test
    void letsARangeGoThatIsPartOfAnother() {
        range("more", "10.0.0.0/24");
        range("most", "10.0.0.0/16");
        address("10.0.0.7");
        cluster.store().delete(ServiceCIDR.class, "", "more", Deletion.ANY);
        cluster.settle();
        cluster.advance(Duration.ofMinutes(1));

        assertThat(cluster.store().list(ServiceCIDR.class, "")).hasSize(1);
    }

    private void range(String name, String cidr) {
        cluster.create(
                new ServiceCIDRBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withCidrs(cidr)
                        .endSpec()
                        .build());
        cluster.settle();
    }

    private void address(String address) {
        cluster.create(
                new IPAddressBuilder()
                        .withNewMetadata()
                        .withName(address)
                        .addToLabels("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io")
                        .endMetadata()
                        .build());
        cluster.settle();
    }

    private ServiceCIDR get(String name) {
        return cluster.store().get(ServiceCIDR.class, "", name);
    }

    private String ready(String name) {
        return get(name).getStatus().getConditions().getFirst().getStatus();
    }
}
