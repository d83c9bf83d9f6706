package dev.orrery.scheduler.plugin;

import static dev.orrery.scheduler.plugin.Verdicts.FITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.scheduler.Make;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.framework.Filter;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Filters that look at the node and the pods on it, each with the page of its law. */
class NodeFiltersTest {

    /** https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename */
    static Stream<Arguments> nodeName() {
        NodeName plugin = new NodeName();
        String no = "node(s) didn't match the requested node name!";
        return Stream.of(
                row(plugin, "pod names no node", Make.pod("p").build(), FITS),
                row(plugin, "pod names this node", Make.on(Make.pod("p").build(), "node"), FITS),
                row(plugin, "pod names another", Make.on(Make.pod("p").build(), "other"), no));
    }

    /** https://kubernetes.io/docs/concepts/architecture/nodes/#manual-node-administration */
    static Stream<Arguments> nodeUnschedulable() {
        NodeUnschedulable plugin = new NodeUnschedulable();
        Node cordoned = Make.cordoned(Make.node("node"));
        Pod daemon = tolerating("node.kubernetes.io/unschedulable", "Exists", "", "NoSchedule");
        String no = "node(s) were unschedulable!";
        return Stream.of(
                row(plugin, "open node", Make.pod("p").build(), Make.node("node"), FITS),
                row(plugin, "cordoned node", Make.pod("p").build(), cordoned, no),
                row(plugin, "cordoned node, pod tolerates it", daemon, cordoned, FITS));
    }

    /** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
    static Stream<Arguments> taintToleration() {
        TaintToleration plugin = new TaintToleration();
        String no = "node(s) had untolerated taint(s)!";
        Pod plain = Make.pod("p").build();
        Pod equal = tolerating("key1", "Equal", "value1", "NoSchedule");
        Pod exists = tolerating("key1", "Exists", "", "");
        Pod everything = tolerating("", "Exists", "", "");
        Node noSchedule = Make.tainted(Make.node("node"), "key1", "value1", "NoSchedule");
        Node noExecute = Make.tainted(Make.node("node"), "key1", "value1", "NoExecute");
        Node both = Make.tainted(noSchedule, "key2", "value2", "NoSchedule");
        Node preferred = Make.tainted(Make.node("node"), "key1", "value1", "PreferNoSchedule");
        Node otherValue = Make.tainted(Make.node("node"), "key1", "value2", "NoSchedule");
        return Stream.of(
                row(plugin, "NoSchedule, no toleration", plain, noSchedule, no),
                row(plugin, "NoExecute, no toleration", plain, noExecute, no),
                row(plugin, "PreferNoSchedule keeps nobody off", plain, preferred, FITS),
                row(plugin, "equal key, value and effect", equal, noSchedule, FITS),
                row(plugin, "other effect", equal, noExecute, no),
                row(plugin, "other value", equal, otherValue, no),
                row(plugin, "exists, any effect", exists, noExecute, FITS),
                row(plugin, "one of two taints tolerated", equal, both, no),
                row(plugin, "everything tolerated", everything, both, FITS));
    }

    /** https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity */
    static Stream<Arguments> nodeAffinity() {
        NodeAffinity plugin = new NodeAffinity();
        String no = "node(s) didn't match Pod's node affinity/selector!";
        Node ssd = Make.labelled(Make.labelled(Make.node("node"), "disk", "ssd"), "gen", "5");
        Pod selectsSsd =
                Make.pod("p").editSpec().addToNodeSelector("disk", "ssd").endSpec().build();
        return Stream.of(
                row(plugin, "selector matches", selectsSsd, ssd, FITS),
                row(plugin, "selector does not match", selectsSsd, Make.node("node"), no),
                row(plugin, "In", requiring("disk", "In", "ssd", "nvme"), ssd, FITS),
                row(plugin, "In, other value", requiring("disk", "In", "nvme"), ssd, no),
                row(plugin, "NotIn", requiring("disk", "NotIn", "hdd"), ssd, FITS),
                row(plugin, "NotIn without label", requiring("x", "NotIn", "hdd"), ssd, FITS),
                row(plugin, "Exists", requiring("disk", "Exists"), ssd, FITS),
                row(plugin, "Exists without label", requiring("x", "Exists"), ssd, no),
                row(plugin, "DoesNotExist", requiring("disk", "DoesNotExist"), ssd, no),
                row(plugin, "Gt", requiring("gen", "Gt", "4"), ssd, FITS),
                row(plugin, "Gt, equal", requiring("gen", "Gt", "5"), ssd, no),
                row(plugin, "Lt", requiring("gen", "Lt", "6"), ssd, FITS),
                row(plugin, "Lt, no number", requiring("disk", "Lt", "6"), ssd, no),
                row(plugin, "this node by name", naming("node"), ssd, FITS),
                row(plugin, "another node by name", naming("other"), ssd, no),
                row(plugin, "no terms at all", requiringNothing(), ssd, no));
    }

    /** https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
    static Stream<Arguments> nodeResourcesFit() {
        NodeResourcesFit plugin = new NodeResourcesFit(new Cluster(namespace -> Map.of()));
        Node node =
                Make.node("node", "2", "4Gi")
                        .edit()
                        .editStatus()
                        .addToAllocatable("example.com/gpu", new Quantity("1"))
                        .addToAllocatable("pods", new Quantity("2"))
                        .endStatus()
                        .build();
        Pod one = Make.cpu("one", "1");
        Pod two = Make.cpu("two", "1");
        return Stream.of(
                row(plugin, "all of it", asking("cpu", "2", "memory", "4Gi"), node, FITS),
                row(plugin, "taken", asking("cpu", "1500m"), node, "Insufficient cpu", one),
                row(plugin, "too large ever", asking("cpu", "3"), node, "Insufficient cpu!"),
                row(
                        plugin,
                        "several",
                        asking("cpu", "3", "memory", "5Gi"),
                        node,
                        "Insufficient cpu, Insufficient memory!"),
                row(
                        plugin,
                        "storage",
                        asking("ephemeral-storage", "1Gi"),
                        node,
                        "Insufficient ephemeral-storage!"),
                row(plugin, "extended", asking("example.com/gpu", "1"), node, FITS),
                row(
                        plugin,
                        "extended, too many",
                        asking("example.com/gpu", "2"),
                        node,
                        "Insufficient example.com/gpu!"),
                row(
                        plugin,
                        "too many pods",
                        Make.pod("p").build(),
                        node,
                        "Too many pods",
                        one,
                        two),
                row(
                        plugin,
                        "too many pods and no room",
                        asking("cpu", "1"),
                        node,
                        "Too many pods, Insufficient cpu",
                        one,
                        two));
    }

    /** https://kubernetes.io/docs/reference/scheduling/config/#scheduling-plugins (NodePorts) */
    static Stream<Arguments> nodePorts() {
        NodePorts plugin = new NodePorts();
        String no = "node(s) didn't have free ports for the requested pod ports";
        Pod web = port("TCP", 80, "");
        return Stream.of(
                row(plugin, "nobody there", web, Make.node("node"), FITS),
                row(plugin, "same port", web, Make.node("node"), no, port("TCP", 80, "")),
                row(plugin, "other port", web, Make.node("node"), FITS, port("TCP", 81, "")),
                row(plugin, "other protocol", web, Make.node("node"), FITS, port("UDP", 80, "")),
                row(
                        plugin,
                        "same port on every address",
                        port("TCP", 80, "127.0.0.1"),
                        Make.node("node"),
                        no,
                        port("TCP", 80, "0.0.0.0")),
                row(
                        plugin,
                        "same port on another address",
                        port("TCP", 80, "127.0.0.1"),
                        Make.node("node"),
                        FITS,
                        port("TCP", 80, "127.0.0.2")));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource({
        "nodeName",
        "nodeUnschedulable",
        "taintToleration",
        "nodeAffinity",
        "nodeResourcesFit",
        "nodePorts"
    })
    void saysWhetherPodFitsNode(
            Filter plugin, String name, Pod pod, Node node, String verdict, Pod[] running) {
        assertThat(Verdicts.of(plugin, pod, node, running)).as(name).isEqualTo(verdict);
    }

    private static Arguments row(Filter plugin, String name, Pod pod, String verdict) {
        return row(plugin, name, pod, Make.node("node"), verdict);
    }

    private static Arguments row(
            Filter plugin, String name, Pod pod, Node node, String verdict, Pod... running) {
        return Arguments.of(plugin, plugin.name() + ": " + name, pod, node, verdict, running);
    }

    private static Pod asking(String... requests) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < requests.length; i += 2) {
            map.put(requests[i], requests[i + 1]);
        }
        return Make.pod("p", map).build();
    }

    private static Pod tolerating(String key, String operator, String value, String effect) {
        return Make.pod("p")
                .editSpec()
                .addToTolerations(
                        new TolerationBuilder()
                                .withKey(key.isEmpty() ? null : key)
                                .withOperator(operator)
                                .withValue(value.isEmpty() ? null : value)
                                .withEffect(effect.isEmpty() ? null : effect)
                                .build())
                .endSpec()
                .build();
    }

    private static Pod requiring(String key, String operator, String... values) {
        return Make.pod("p")
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addToMatchExpressions(Make.requirement(key, operator, values))
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static Pod naming(String node) {
        return Make.pod("p")
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addToMatchFields(Make.requirement("metadata.name", "In", node))
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static Pod requiringNothing() {
        return Make.pod("p")
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static Pod port(String protocol, int port, String address) {
        return Make.pod("on-" + protocol + port + address)
                .editSpec()
                .editFirstContainer()
                .addNewPort()
                .withContainerPort(80)
                .withHostPort(port)
                .withProtocol(protocol)
                .withHostIP(address)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }
}
