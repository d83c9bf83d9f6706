package dev.orrery.controllermanager.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.service.Backends;
import dev.orrery.controllermanager.service.Shop;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/concepts/services-networking/service/#endpoints */
class EndpointsPlanTest {

    private static final Instant NOW = Instant.parse(Shop.SINCE);

    static List<Arguments> contents() {
        Service service = Shop.service().build();
        Service eager =
                Shop.service().editSpec().withPublishNotReadyAddresses(true).endSpec().build();
        Pod ready = Shop.pod("a", "10.0.0.2").build();
        Pod unready = Shop.unready("b", "10.0.0.1");
        Pod leaving = Shop.terminating("c", "10.0.0.3");
        Pod ended = Shop.pod("d", "10.0.0.4").editStatus().withPhase("Failed").endStatus().build();
        Pod waiting =
                Shop.pod("e", "").editStatus().withPodIP(null).withPodIPs().endStatus().build();
        Pod portless =
                Shop.pod("f", "10.0.0.5")
                        .editSpec()
                        .editFirstContainer()
                        .withPorts()
                        .endContainer()
                        .endSpec()
                        .build();
        Pod other =
                Shop.pod("g", "10.0.0.6").editMetadata().withLabels(Map.of()).endMetadata().build();
        return List.of(
                Arguments.of("nothing selected", service, List.of(other), List.of()),
                Arguments.of("a ready pod", service, List.of(ready), List.of("10.0.0.2 :8080")),
                Arguments.of(
                        "ready and not",
                        service,
                        List.of(ready, unready),
                        List.of("10.0.0.2 !10.0.0.1 :8080")),
                Arguments.of(
                        "not ready, but wanted",
                        eager,
                        List.of(unready),
                        List.of("10.0.0.1 :8080")),
                Arguments.of("on its way out", service, List.of(leaving), List.of()),
                Arguments.of(
                        "on its way out, but wanted",
                        eager,
                        List.of(leaving),
                        List.of("10.0.0.3 :8080")),
                Arguments.of("ended", service, List.of(ended), List.of()),
                Arguments.of("without an address", service, List.of(waiting), List.of()),
                Arguments.of("without the named port", service, List.of(portless), List.of()),
                Arguments.of(
                        "headless without ports",
                        Shop.headless(),
                        List.of(ready),
                        List.of("10.0.0.2")),
                Arguments.of(
                        "pods that give the port different numbers",
                        service,
                        List.of(ready, withPort("h", "10.0.0.7", 9090)),
                        List.of("10.0.0.2 :8080", "10.0.0.7 :9090")),
                Arguments.of(
                        "a port by number",
                        Shop.service()
                                .editSpec()
                                .editFirstPort()
                                .withTargetPort(new IntOrString(81))
                                .endPort()
                                .endSpec()
                                .build(),
                        List.of(ready),
                        List.of("10.0.0.2 :81")),
                Arguments.of(
                        "the named port of a sidecar",
                        service,
                        List.of(sidecar()),
                        List.of("10.0.0.8 :7070")));
    }

    private static Pod withPort(String name, String address, int port) {
        return Shop.pod(name, address)
                .editSpec()
                .editFirstContainer()
                .editFirstPort()
                .withContainerPort(port)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod sidecar() {
        Pod pod = withPort("i", "10.0.0.8", 7070);
        return pod.edit()
                .editSpec()
                .withInitContainers(
                        pod.getSpec()
                                .getContainers()
                                .getFirst()
                                .edit()
                                .withRestartPolicy("Always")
                                .build())
                .editFirstContainer()
                .withPorts()
                .endContainer()
                .endSpec()
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contents")
    void holdsWhatTheServiceLeadsTo(
            String name, Service service, List<Pod> pods, List<String> expected) {
        assertThat(lines(created(service, pods))).as(name).isEqualTo(expected);
    }

    @Test
    void carriesTheServicesLabelsAndItsOwn() {
        Endpoints endpoints = created(Shop.headless(), List.of());

        assertThat(endpoints.getMetadata().getName()).isEqualTo("web");
        assertThat(endpoints.getMetadata().getLabels())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "tier", "front",
                                "service.kubernetes.io/headless", "",
                                "endpoints.kubernetes.io/managed-by", "endpoint-controller"));
        assertThat(endpoints.getMetadata().getAnnotations())
                .containsExactly(
                        Map.entry("endpoints.kubernetes.io/last-change-trigger-time", Shop.SINCE));
    }

    @Test
    void writesNothingWhereNothingChanged() {
        Service service = Shop.service().build();
        List<Pod> pods = List.of(Shop.pod("a", "10.0.0.1").build());
        Endpoints present = created(service, pods);

        assertThat(plan(service, pods, present)).isEqualTo(new EndpointsPlan.Keep());
    }

    @Test
    void takesOverEndpointsThatAreThere() {
        Endpoints present =
                new EndpointsBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("default")
                        .addToAnnotations("note", "kept")
                        .endMetadata()
                        .build();
        var plan =
                plan(Shop.service().build(), List.of(Shop.pod("a", "10.0.0.1").build()), present);

        assertThat(plan).isInstanceOf(EndpointsPlan.Update.class);
        Endpoints wanted = ((EndpointsPlan.Update) plan).endpoints();
        assertThat(wanted.getMetadata().getAnnotations()).containsEntry("note", "kept");
        assertThat(lines(wanted)).containsExactly("10.0.0.1 :8080");
    }

    @Test
    void holdsAThousandAddressesAndSaysWhenThereAreMore() {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            pods.add(Shop.pod("ready-" + i, address(i)).build());
        }
        for (int i = 900; i < 1200; i++) {
            pods.add(Shop.unready("unready-" + i, address(i)));
        }
        Endpoints endpoints = created(Shop.service().build(), pods);

        assertThat(endpoints.getSubsets()).hasSize(1);
        assertThat(endpoints.getSubsets().getFirst().getAddresses()).hasSize(900);
        assertThat(endpoints.getSubsets().getFirst().getNotReadyAddresses()).hasSize(100);
        assertThat(endpoints.getMetadata().getAnnotations())
                .containsEntry("endpoints.kubernetes.io/over-capacity", "truncated");
        assertThat(plan(Shop.service().build(), pods, endpoints))
                .isEqualTo(new EndpointsPlan.Keep());
    }

    @Test
    void eachSubsetGivesUpItsPart() {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            pods.add(Shop.pod("a-" + i, address(i)).build());
        }
        for (int i = 900; i < 1200; i++) {
            pods.add(withPort("b-" + i, address(i), 9090));
        }
        assertThat(created(Shop.service().build(), pods).getSubsets())
                .extracting(subset -> subset.getAddresses().size())
                .containsExactlyInAnyOrder(750, 250);
    }

    private static String address(int i) {
        return "10.1." + i / 250 + "." + (i % 250 + 1);
    }

    private static EndpointsPlan plan(Service service, List<Pod> pods, Endpoints present) {
        return EndpointsPlan.of(
                service, Backends.of(service, Backends.pods(service, pods)), NOW, present);
    }

    private static Endpoints created(Service service, List<Pod> pods) {
        var plan =
                EndpointsPlan.of(
                        service, Backends.of(service, Backends.pods(service, pods)), NOW, null);
        return ((EndpointsPlan.Create) plan).endpoints();
    }

    /** {@code 10.0.0.1 !10.0.0.2 :80}: ready addresses, others, ports. */
    private static List<String> lines(Endpoints endpoints) {
        return endpoints.getSubsets().stream().map(EndpointsPlanTest::line).sorted().toList();
    }

    private static String line(EndpointSubset subset) {
        List<String> parts = new ArrayList<>();
        subset.getAddresses().stream().map(EndpointAddress::getIp).forEach(parts::add);
        subset.getNotReadyAddresses().forEach(address -> parts.add("!" + address.getIp()));
        subset.getPorts().forEach(port -> parts.add(":" + port.getPort()));
        return parts.stream().collect(Collectors.joining(" "));
    }
}
