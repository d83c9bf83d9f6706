package dev.orrery.controllermanager.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.service.Backends;
import dev.orrery.controllermanager.service.Shop;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/ */
class ServiceSlicesTest {

    static List<Arguments> conditions() {
        Service service = Shop.service().build();
        Service eager =
                Shop.service().editSpec().withPublishNotReadyAddresses(true).endSpec().build();
        Pod ready = Shop.pod("a", "10.0.0.1").build();
        Pod unready = Shop.unready("a", "10.0.0.1");
        Pod leaving = Shop.terminating("a", "10.0.0.1");
        return List.of(
                Arguments.of("ready", service, ready, conditions(true, true, false)),
                Arguments.of("not ready", service, unready, conditions(false, false, false)),
                Arguments.of("on its way out", service, leaving, conditions(false, true, true)),
                Arguments.of(
                        "not ready, but wanted", eager, unready, conditions(true, false, false)),
                Arguments.of(
                        "on its way out, but wanted",
                        eager,
                        leaving,
                        conditions(true, true, true)));
    }

    private static EndpointConditions conditions(
            boolean ready, boolean serving, boolean terminating) {
        return new EndpointConditions(ready, serving, terminating);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void saysHowAnEndpointIs(String name, Service service, Pod pod, EndpointConditions expected) {
        assertThat(endpoint(service, pod).getConditions()).as(name).isEqualTo(expected);
    }

    @Test
    void saysWhereAnEndpointIs() {
        Endpoint endpoint = endpoint(Shop.service().build(), Shop.pod("a", "10.0.0.1").build());

        assertThat(endpoint.getNodeName()).isEqualTo("node-1");
        assertThat(endpoint.getZone()).isEqualTo("east");
        assertThat(endpoint.getHints()).isNull();
        assertThat(endpoint.getTargetRef().getName()).isEqualTo("a");
    }

    @Test
    void namesTheHostOfAPodInTheServicesDomain() {
        Pod pod =
                Shop.pod("a", "10.0.0.1")
                        .editSpec()
                        .withHostname("first")
                        .withSubdomain("web")
                        .endSpec()
                        .build();

        assertThat(endpoint(Shop.headless(), pod).getHostname()).isEqualTo("first");
    }

    @Test
    void hintsAtTheZoneAndTheNodeWhereTheServiceAsks() {
        Service service =
                Shop.service()
                        .editSpec()
                        .withTrafficDistribution("PreferSameNode")
                        .endSpec()
                        .build();
        var hints = endpoint(service, Shop.pod("a", "10.0.0.1").build()).getHints();

        assertThat(hints.getForZones().getFirst().getName()).isEqualTo("east");
        assertThat(hints.getForNodes().getFirst().getName()).isEqualTo("node-1");
    }

    @Test
    void leavesOutAPodWhoseNodeIsNotKnown() {
        Pod pod = Shop.pod("a", "10.0.0.1").editSpec().withNodeName("gone").endSpec().build();
        ServiceSlices slices = slices(Shop.service().build(), pod);

        assertThat(slices.groups()).isEmpty();
        assertThat(slices.lost()).containsExactly("a");
    }

    @Test
    void labelsSlicesOfHeadlessServices() {
        assertThat(ServiceSlices.template(Shop.headless(), null).labels())
                .isEqualTo(
                        Map.of(
                                "tier", "front",
                                "kubernetes.io/service-name", "web",
                                "endpointslice.kubernetes.io/managed-by",
                                        "endpointslice-controller.k8s.io",
                                "service.kubernetes.io/headless", ""));
    }

    private static Endpoint endpoint(Service service, Pod pod) {
        return slices(service, pod).groups().iterator().next().endpoints().getFirst();
    }

    private static ServiceSlices slices(Service service, Pod pod) {
        return new ServiceSlices(
                service,
                Backends.of(service, List.of(pod)),
                name -> name.equals("node-1") ? Shop.node("node-1", "east") : null);
    }
}
