package dev.orrery.kubelet.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeRuntimeHandlerBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.NodeSystemInfoBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The Node object that a kubelet registers. Pure. */
final class NodeObject {

    static final String KUBELET_VERSION = "v1.36.0";
    private static final String CONTAINER_RUNTIME = "containerd://2.1.4";
    private static final String ARCHITECTURE = "amd64";
    private static final String OPERATING_SYSTEM = "linux";
    private static final int KUBELET_PORT = 10250;

    private NodeObject() {}

    static Node of(NodeShape shape, Instant now) {
        String podCidr = shape.podCidr().text();
        return new NodeBuilder()
                .withNewMetadata()
                .withName(shape.name())
                .withLabels(labels(shape))
                .withAnnotations(annotations(shape))
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(podCidr)
                .withPodCIDRs(podCidr)
                .withProviderID("orrery://" + shape.name())
                .endSpec()
                .withStatus(status(shape, false, now))
                .build();
    }

    static Map<String, String> annotations(NodeShape shape) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("volumes.kubernetes.io/controller-managed-attach-detach", "true");
        if (!shape.agentAddress().isEmpty()) {
            annotations.put(NodeShape.AGENT_ADDRESS, shape.agentAddress());
        }
        return annotations;
    }

    static Map<String, String> labels(NodeShape shape) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("kubernetes.io/hostname", shape.name());
        labels.put("kubernetes.io/os", OPERATING_SYSTEM);
        labels.put("kubernetes.io/arch", ARCHITECTURE);
        labels.put("beta.kubernetes.io/os", OPERATING_SYSTEM);
        labels.put("beta.kubernetes.io/arch", ARCHITECTURE);
        labels.put("node.kubernetes.io/instance-type", "orrery");
        return labels;
    }

    /**
     * @param pressed the node is short of memory
     */
    static NodeStatus status(NodeShape shape, boolean pressed, Instant now) {
        return new NodeStatusBuilder()
                .withCapacity(shape.capacity())
                .withAllocatable(shape.capacity())
                .withAddresses(
                        new NodeAddress(shape.address(), "InternalIP"),
                        new NodeAddress(shape.name(), "Hostname"))
                .withConditions(conditions(pressed, now))
                .withRuntimeHandlers(
                        new NodeRuntimeHandlerBuilder()
                                .withName("")
                                .withNewFeatures()
                                .withRecursiveReadOnlyMounts(true)
                                .endFeatures()
                                .build())
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(KUBELET_PORT)
                .endDaemonEndpoints()
                .withNodeInfo(info(shape))
                .build();
    }

    private static List<NodeCondition> conditions(boolean pressed, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return List.of(
                condition(
                        "MemoryPressure",
                        pressed ? "True" : "False",
                        pressed ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory",
                        pressed
                                ? "kubelet has insufficient memory available"
                                : "kubelet has sufficient memory available",
                        time),
                condition(
                        "DiskPressure",
                        "False",
                        "KubeletHasNoDiskPressure",
                        "kubelet has no disk pressure",
                        time),
                condition(
                        "PIDPressure",
                        "False",
                        "KubeletHasSufficientPID",
                        "kubelet has sufficient PID available",
                        time),
                condition(
                        "Ready", "True", "KubeletReady", "kubelet is posting ready status", time));
    }

    private static NodeCondition condition(
            String type, String status, String reason, String message, String time) {
        return new NodeConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastHeartbeatTime(time)
                .withLastTransitionTime(time)
                .build();
    }

    private static NodeSystemInfo info(NodeShape shape) {
        return new NodeSystemInfoBuilder()
                .withMachineID(id("machine", shape).replace("-", ""))
                .withSystemUUID(id("system", shape))
                .withBootID(id("boot", shape))
                .withKernelVersion("6.12.0-orrery")
                .withOsImage("Orrery (simulated)")
                .withContainerRuntimeVersion(CONTAINER_RUNTIME)
                .withKubeletVersion(KUBELET_VERSION)
                .withKubeProxyVersion("")
                .withOperatingSystem(OPERATING_SYSTEM)
                .withArchitecture(ARCHITECTURE)
                .build();
    }

    /** The same for a node of this name every time. */
    private static String id(String what, NodeShape shape) {
        String seed = what + "/" + shape.name();
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
