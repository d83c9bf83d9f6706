package dev.orrery.controllermanager.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.endpoints.EndpointsController;
import dev.orrery.controllermanager.service.Shop;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services, the Endpoints and the slices behind them, as they change. */
class SliceLoopTest {

    private static final Key WEB = new Key("default", "web");

    private final TestCluster cluster =
            TestCluster.with(
                    EndpointsController::loop,
                    EndpointSliceController::loop,
                    MirroringController::loop);

    @BeforeEach
    void addNode() {
        cluster.create(Shop.node("node-1", "east"));
    }

    @Test
    void followsThePodsOfAService() {
        cluster.create(Shop.service().build());
        settle();
        assertThat(addresses()).isEmpty();
        assertThat(cluster.get(Endpoints.class, "web").getSubsets()).isEmpty();

        cluster.create(Shop.pod("a", "10.0.0.1").build());
        cluster.create(Shop.pod("b", "10.0.0.2").build());
        settle();
        assertThat(addresses()).containsExactly("10.0.0.1", "10.0.0.2");

        cluster.store().delete(Pod.class, "default", "a", Deletion.ANY.withGracePeriod(0));
        settle();
        assertThat(addresses()).containsExactly("10.0.0.2");
        assertThat(cluster.get(Endpoints.class, "web").getSubsets().getFirst().getAddresses())
                .extracting(address -> address.getIp())
                .containsExactly("10.0.0.2");
    }

    @Test
    void writesNothingASecondTime() {
        cluster.create(Shop.service().build());
        cluster.create(Shop.pod("a", "10.0.0.1").build());
        settle();

        assertThat(cluster.writesOfAnotherRun(WEB)).isZero();
    }

    @Test
    void bringsBackWhatSomeoneDeleted() {
        cluster.create(Shop.service().build());
        settle();
        String name = slices().getFirst().getMetadata().getName();
        cluster.store().delete(EndpointSlice.class, "default", name, Deletion.ANY);
        cluster.store().delete(Endpoints.class, "default", "web", Deletion.ANY);
        settle();

        assertThat(slices()).hasSize(1);
        assertThat(cluster.list(Endpoints.class)).hasSize(1);
    }

    @Test
    void takesTheEndpointsAwayWithTheirService() {
        cluster.create(Shop.service().build());
        settle();
        cluster.store().delete(Service.class, "default", "web", Deletion.ANY);
        settle();

        assertThat(cluster.list(Endpoints.class)).isEmpty();
    }

    @Test
    void leavesEndpointsWithoutAServiceAlone() {
        cluster.create(byHand("10.9.9.9"));
        settle();

        assertThat(cluster.list(Endpoints.class)).hasSize(1);
        assertThat(slices()).isEmpty();
    }

    @Test
    void mirrorsEndpointsThatAreKeptByHand() {
        cluster.create(Shop.service().editSpec().withSelector(null).endSpec().build());
        cluster.create(byHand("10.9.9.9"));
        settle();
        assertThat(slices()).hasSize(1);
        EndpointSlice mirror = slices().getFirst();
        assertThat(mirror.getMetadata().getLabels())
                .containsEntry("kubernetes.io/service-name", "web")
                .containsEntry(
                        "endpointslice.kubernetes.io/managed-by",
                        "endpointslicemirroring-controller.k8s.io");
        assertThat(mirror.getMetadata().getOwnerReferences().getFirst().getKind())
                .isEqualTo("Endpoints");
        assertThat(addresses()).containsExactly("10.9.9.9");

        Endpoints present = cluster.get(Endpoints.class, "web");
        cluster.store()
                .update(
                        present.edit()
                                .editFirstSubset()
                                .editFirstAddress()
                                .withIp("10.9.9.8")
                                .endAddress()
                                .endSubset()
                                .build());
        settle();
        assertThat(addresses()).containsExactly("10.9.9.8");
        assertThat(slices().getFirst().getMetadata().getUid())
                .isEqualTo(mirror.getMetadata().getUid());

        cluster.store().delete(Endpoints.class, "default", "web", Deletion.ANY);
        settle();
        assertThat(slices()).isEmpty();
    }

    private void settle() {
        cluster.settle();
        cluster.advance(Duration.ofSeconds(1));
        cluster.settle();
    }

    private List<EndpointSlice> slices() {
        return cluster.list(EndpointSlice.class);
    }

    private List<String> addresses() {
        return slices().stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .flatMap(endpoint -> endpoint.getAddresses().stream())
                .sorted()
                .toList();
    }

    private static Endpoints byHand(String address) {
        return new EndpointsBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .endMetadata()
                .addNewSubset()
                .addNewAddress()
                .withIp(address)
                .endAddress()
                .addNewPort()
                .withPort(80)
                .withProtocol("TCP")
                .endPort()
                .endSubset()
                .build();
    }
}
