package dev.orrery.kubelet;

import dev.orrery.kubelet.endpoint.KubeletEndpoints;
import dev.orrery.kubelet.environment.ResourceFields;
import dev.orrery.kubelet.image.ImageCatalog;
import dev.orrery.kubelet.image.NodeImages;
import dev.orrery.kubelet.mailbox.Mailbox;
import dev.orrery.kubelet.network.Fabric;
import dev.orrery.kubelet.network.PodAddresses;
import dev.orrery.kubelet.network.Uplink;
import dev.orrery.kubelet.node.NodeShape;
import dev.orrery.kubelet.node.SimulatedNode;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.kubelet.pod.PodHost;
import dev.orrery.kubelet.process.ContainerRuntime;
import dev.orrery.kubelet.process.MachineRuntime;
import dev.orrery.kubelet.process.RunningContainers;
import dev.orrery.kubelet.volume.ClusterObjects;
import dev.orrery.kubelet.volume.VolumeMounts;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The core of kubelet-sim: N nodes in one process. Event-driven: no thread per node, pod or
 * container; each node has a mailbox, and what takes time waits on the clock.
 *
 * <p>Life: the constructor registers the informers, whoever assembles it starts them, then {@link
 * #start()}. After {@link #stop()} the nodes fall silent and what ran goes on as the API has it;
 * another pool takes it up from there.
 */
public final class KubeletPool {

    /** The ConfigMap in kube-system whose values are profiles of images. */
    private static final String IMAGES = "orrery-images";

    /** A thousand nodes begin within two seconds, three at once. */
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(2);

    private final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
    private final Index<Pod> byNode = new Index<>("nodeName", KubeletPool::nodeName);
    private final Informer<Pod> pods;

    public KubeletPool(Surroundings surroundings, KubeletConfig config) {
        this(surroundings, config, new Fabric(surroundings, Uplink.NONE));
    }

    private KubeletPool(Surroundings surroundings, KubeletConfig config, Fabric fabric) {
        this(
                surroundings,
                config,
                new MachineRuntime(
                        surroundings.clock(),
                        surroundings.executor(),
                        new ContainerLogs(),
                        new RunningContainers(),
                        fabric,
                        VolumeMounts.NONE),
                fabric);
    }

    /**
     * @param runtime what containers run on
     */
    public KubeletPool(Surroundings surroundings, KubeletConfig config, ContainerRuntime runtime) {
        this(surroundings, config, runtime, new Fabric(surroundings, Uplink.NONE));
    }

    /**
     * @param runtime what containers run on
     * @param fabric what joins them
     */
    public KubeletPool(
            Surroundings surroundings,
            KubeletConfig config,
            ContainerRuntime runtime,
            Fabric fabric) {
        Informer<Node> nodeObjects = surroundings.informers().of(Node.class);
        this.pods = surroundings.informers().of(Pod.class);
        pods.addIndex(byNode);
        ClusterObjects objects =
                new ClusterObjects(
                        surroundings.informers().of(ConfigMap.class),
                        surroundings.informers().of(Secret.class),
                        surroundings.informers().of(PersistentVolumeClaim.class),
                        surroundings.informers().of(Service.class));
        ImageCatalog catalog =
                ImageCatalog.with(config.missingImages(), () -> imageProfiles(config, objects));
        for (int i = 0; i < config.nodes(); i++) {
            NodeShape shape = shape(config, i);
            fabric.addNode(shape.name(), shape.address());
            PodHost host = host(surroundings, config, shape, objects, catalog, runtime, fabric);
            nodes.put(
                    shape.name(),
                    new SimulatedNode(
                            shape, host, nodeObjects, () -> pods.byIndex(byNode, shape.name())));
        }
        pods.addHandler(this::podChanged);
        nodeObjects.addHandler(this::nodeChanged);
    }

    /** Lets the nodes' reports be read there. */
    public void serve(KubeletEndpoints kubelets) {
        nodes.keySet().forEach(name -> kubelets.add(name, () -> pods.byIndex(byNode, name)));
    }

    public void start() {
        Duration offset = Duration.ZERO;
        for (SimulatedNode node : nodes.values()) {
            node.start(offset);
            offset = offset.plus(BETWEEN_STARTS);
        }
    }

    public void stop() {
        nodes.values().forEach(SimulatedNode::stop);
    }

    /** Cuts one node off from the cluster. */
    public void stopNode(String name) {
        node(name).stop();
    }

    /** Brings a node back that was cut off. */
    public void startNode(String name) {
        node(name).start(Duration.ZERO);
    }

    private SimulatedNode node(String name) {
        SimulatedNode node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node of this pool: " + name);
        }
        return node;
    }

    private void podChanged(@Nullable Pod before, @Nullable Pod after, Change change) {
        Pod bound = after == null || nodeName(after).isEmpty() ? before : after;
        if (bound == null) {
            return;
        }
        for (String name : nodeName(bound)) {
            SimulatedNode node = nodes.get(name);
            if (node != null) {
                node.podChanged(before, after);
            }
        }
    }

    private void nodeChanged(@Nullable Node before, @Nullable Node after, Change change) {
        if (after == null && before != null) {
            SimulatedNode node = nodes.get(before.getMetadata().getName());
            if (node != null) {
                node.nodeDeleted();
            }
        }
    }

    private static List<String> nodeName(Pod pod) {
        String name = pod.getSpec().getNodeName();
        return name == null || name.isEmpty() ? List.of() : List.of(name);
    }

    /** Those of the configuration, and those of the ConfigMap for them, which come first. */
    private static Map<String, String> imageProfiles(KubeletConfig config, ClusterObjects objects) {
        ConfigMap map = objects.configMaps().get("kube-system", IMAGES);
        if (map == null || map.getData() == null || map.getData().isEmpty()) {
            return config.imageProfiles();
        }
        Map<String, String> all = new LinkedHashMap<>(config.imageProfiles());
        all.putAll(map.getData());
        return all;
    }

    private static NodeShape shape(KubeletConfig config, int index) {
        return new NodeShape(
                config.nodePrefix() + (config.firstNode() + index + 1),
                config.firstNode() + index,
                config.agentAddress(),
                config.nodeCpu(),
                config.nodeMemory(),
                config.nodePods());
    }

    private static PodHost host(
            Surroundings surroundings,
            KubeletConfig config,
            NodeShape shape,
            ClusterObjects objects,
            ImageCatalog catalog,
            ContainerRuntime runtime,
            Fabric fabric) {
        return new PodHost(
                shape.name(),
                shape.address(),
                new ResourceFields(shape.capacity()),
                new Mailbox(shape.name(), surroundings.executor()),
                surroundings.clock(),
                surroundings.executor(),
                new SplittableRandom(surroundings.random().nextLong()),
                surroundings.store().asNode(shape.name()),
                surroundings.events().from("kubelet", shape.name()),
                objects,
                catalog,
                new NodeImages(),
                new PodAddresses(shape.podCidr()),
                fabric,
                runtime,
                config.delays());
    }
}
