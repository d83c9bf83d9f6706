package dev.orrery.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.kubelet.network.Fabric;
import dev.orrery.kubelet.network.Uplink;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.LogInformers;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.ManualClock;
import dev.orrery.userland.Connection;
import dev.orrery.userland.Network;
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.Datagram;
import dev.orrery.userland.network.Lookup;
import dev.orrery.userland.network.RecordType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What reaches whom.
 *
 * @see <a href="https://kubernetes.io/docs/reference/networking/virtual-ips/">virtual IPs</a>
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/">DNS</a>
 */
class FabricTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final FakeApi api = new FakeApi(clock, tasks::add);
    private final LogInformers informers = new LogInformers(api.log(), api, clock, tasks::add);
    private final Fabric fabric =
            new Fabric(
                    new Surroundings(
                            clock,
                            tasks::add,
                            new SplittableRandom(1),
                            new StoreClient(api),
                            informers,
                            new Silent()),
                    Uplink.NONE);
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void begin() {
        informers.start();
        settle();
        fabric.addNode("node-1", "172.18.0.2");
        fabric.addNode("node-2", "172.18.0.3");
    }

    private void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private Network pod(String name, String address, String node) {
        return fabric.join(podObject(name, node), address);
    }

    private static Pod podObject(String name, String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("main")
                .addNewPort()
                .withContainerPort(80)
                .withHostPort(name.equals("hosted") ? 8080 : null)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    /** A server that answers to its name. */
    private void serve(Network network, String name) {
        network.listen(80, connection -> heard.add(name + " from " + connection.peer().host()));
    }

    private static Service service(String name, String clusterIp) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid(name)
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .withClusterIP(clusterIp)
                .withClusterIPs(clusterIp)
                .addNewPort()
                .withName("web")
                .withProtocol("TCP")
                .withPort(8000)
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(String service, boolean ready, String... addresses) {
        EndpointSliceBuilder slice =
                new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(service + "-" + ready)
                        .addToLabels("kubernetes.io/service-name", service)
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewPort()
                        .withName("web")
                        .withProtocol("TCP")
                        .withPort(80)
                        .endPort();
        for (String address : addresses) {
            slice.addToEndpoints(
                    new EndpointBuilder()
                            .withAddresses(address)
                            .withHostname(address.endsWith("2") ? "first" : null)
                            .withNodeName(address.endsWith("2") ? "node-1" : "node-2")
                            .withNewConditions()
                            .withReady(ready)
                            .endConditions()
                            .build());
        }
        return slice.build();
    }

    private void put(HasMetadata... objects) {
        for (HasMetadata object : objects) {
            api.put(object);
        }
        settle();
    }

    @Test
    void joinsPodsByTheirAddresses() {
        Network client = pod("client", "10.244.0.9", "node-1");
        serve(pod("a", "10.244.0.2", "node-1"), "a");

        Connection connection = client.connect("10.244.0.2", 80);

        assertThat(heard).containsExactly("a from 10.244.0.9");
        assertThat(connection.peer()).isEqualTo(new Address("10.244.0.2", 80));
    }

    @ParameterizedTest
    @CsvSource({
        "10.244.0.2, 81, Connection refused",
        "10.244.0.77, 80, Host is unreachable",
        "93.184.216.34, 80, Network unreachable",
        "127.0.0.1, 80, Connection refused",
        "10.96.0.50, 9, Connection refused"
    })
    void refusesAsTheKernelDoes(String address, int port, String words) {
        put(service("web", "10.96.0.50"), slice("web", true, "10.244.0.2"));
        serve(pod("a", "10.244.0.2", "node-1"), "a");
        Network client = pod("client", "10.244.0.9", "node-1");

        assertThatThrownBy(() -> client.connect(address, port)).hasMessage(words);
    }

    @Test
    void spreadsAServiceOverItsReadyEndpoints() {
        put(
                service("web", "10.96.0.50"),
                slice("web", true, "10.244.0.2", "10.244.1.3"),
                slice("web", false, "10.244.1.4"));
        serve(pod("a", "10.244.0.2", "node-1"), "a");
        serve(pod("b", "10.244.1.3", "node-2"), "b");
        serve(pod("c", "10.244.1.4", "node-2"), "c");
        Network client = pod("client", "10.244.0.9", "node-1");

        for (int i = 0; i < 40; i++) {
            client.connect("10.96.0.50", 8000);
        }

        assertThat(new TreeSet<>(heard)).containsExactly("a from 10.244.0.9", "b from 10.244.0.9");
    }

    @Test
    void keepsAClientAtItsEndpointWhileAffinityLasts() {
        Service sticky = service("web", "10.96.0.50");
        sticky.getSpec().setSessionAffinity("ClientIP");
        put(sticky, slice("web", true, "10.244.0.2", "10.244.1.3"));
        serve(pod("a", "10.244.0.2", "node-1"), "a");
        serve(pod("b", "10.244.1.3", "node-2"), "b");
        Network client = pod("client", "10.244.0.9", "node-1");

        for (int i = 0; i < 20; i++) {
            client.connect("10.96.0.50", 8000);
            clock.advanceTo(clock.instant().plus(Duration.ofHours(2)));
        }

        assertThat(new TreeSet<>(heard)).hasSize(1);
    }

    @Test
    void keepsTrafficOnTheClientsNodeWhereTheServiceWantsIt() {
        Service local = service("web", "10.96.0.50");
        local.getSpec().setInternalTrafficPolicy("Local");
        put(local, slice("web", true, "10.244.0.2", "10.244.1.3"));
        serve(pod("a", "10.244.0.2", "node-1"), "a");
        serve(pod("b", "10.244.1.3", "node-2"), "b");
        Network client = pod("client", "10.244.1.9", "node-2");

        for (int i = 0; i < 20; i++) {
            client.connect("10.96.0.50", 8000);
        }

        assertThat(new TreeSet<>(heard)).containsExactly("b from 10.244.1.9");
    }

    @Test
    void leadsFromEveryNodesPortToAService() {
        Service open = service("web", "10.96.0.50");
        open.getSpec().setType("NodePort");
        open.getSpec().getPorts().getFirst().setNodePort(30_080);
        put(open, slice("web", true, "10.244.0.2"));
        serve(pod("a", "10.244.0.2", "node-1"), "a");

        fabric.controlPlane().connect("172.18.0.3", 30_080);

        assertThat(heard).hasSize(1);
    }

    @Test
    void leadsFromAHostPortToItsContainer() {
        serve(pod("hosted", "10.244.0.2", "node-1"), "hosted");
        Network client = pod("client", "10.244.0.9", "node-1");

        client.connect("172.18.0.2", 8080);

        assertThat(heard).hasSize(1);
        assertThatThrownBy(() -> client.connect("172.18.0.3", 8080))
                .hasMessage("Connection refused");
    }

    @Test
    void sharesTheNodesNetworkAmongThePodsOnIt() {
        serve(pod("a", "172.18.0.2", "node-1"), "a");
        Network other = pod("b", "172.18.0.2", "node-1");

        assertThatThrownBy(() -> serve(other, "b")).hasMessage("Address already in use");
        other.connect("127.0.0.1", 80);

        assertThat(heard).containsExactly("a from 127.0.0.1");
    }

    @Test
    void forgetsAPodThatLeft() {
        serve(pod("a", "10.244.0.2", "node-1"), "a");
        fabric.leave(podObject("a", "node-1"));
        Network next = pod("b", "10.244.0.2", "node-1");

        assertThatThrownBy(() -> next.connect("10.244.0.2", 80)).hasMessage("Connection refused");
    }

    @Test
    void carriesDatagramsThereAndBack() {
        Network server = pod("a", "10.244.0.2", "node-1");
        server.receive("", 53, datagram -> server.send(datagram.reply(new byte[] {2})));
        Network client = pod("client", "10.244.0.9", "node-1");
        client.receive("", 999, datagram -> heard.add("answer from " + datagram.from()));

        client.send(
                new Datagram(new Address("", 999), new Address("10.244.0.2", 53), new byte[] {1}));

        assertThat(heard).containsExactly("answer from 10.244.0.2:53");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    web.default.svc.cluster.local|A|10.96.0.50
                    WEB.default.svc.cluster.local|A|10.96.0.50
                    web.default.svc.cluster.local|AAAA|
                    nope.default.svc.cluster.local|A|NXDOMAIN
                    _web._tcp.web.default.svc.cluster.local|SRV|0 100 8000 web.default.svc.cluster.local.
                    _no._tcp.web.default.svc.cluster.local|SRV|NXDOMAIN
                    set.default.svc.cluster.local|A|10.244.0.2 10.244.1.3
                    first.set.default.svc.cluster.local|A|10.244.0.2
                    10-244-1-3.set.default.svc.cluster.local|A|10.244.1.3
                    _web._tcp.set.default.svc.cluster.local|SRV|0 100 80 first.set.default.svc.cluster.local. 0 100 80 10-244-1-3.set.default.svc.cluster.local.
                    away.default.svc.cluster.local|CNAME|example.com.
                    10-1-2-3.default.pod.cluster.local|A|10.1.2.3
                    50.0.96.10.in-addr.arpa|PTR|web.default.svc.cluster.local.
                    2.0.244.10.in-addr.arpa|PTR|first.set.default.svc.cluster.local.
                    example.com|A|SERVFAIL
                    """)
    void answersNamesAsTheClustersDnsDoes(String name, RecordType type, String expected) {
        Service away = service("away", "");
        away.getSpec().setType("ExternalName");
        away.getSpec().setExternalName("example.com");
        away.getSpec().setClusterIPs(List.of());
        put(
                service("web", "10.96.0.50"),
                service("set", "None"),
                away,
                slice("set", true, "10.244.0.2", "10.244.1.3"),
                slice("set", false, "10.244.1.4"));

        Lookup answer = fabric.controlPlane().lookup("10.96.0.10", name, type);

        String data = String.join(" ", answer.data(type));
        assertThat(answer.status() == Lookup.Status.NOERROR ? data : answer.status().toString())
                .isEqualTo(expected == null ? "" : expected);
    }

    private static final class Silent implements EventRecorder {

        @Override
        public void normal(HasMetadata regarding, String reason, String message) {}

        @Override
        public void warning(HasMetadata regarding, String reason, String message) {}

        @Override
        public void event(
                HasMetadata regarding,
                String fieldPath,
                String type,
                String reason,
                String message) {}
    }
}
