package dev.orrery.kubelet;

import dev.orrery.kubelet.endpoint.KubeletEndpoints;
import dev.orrery.kubelet.environment.ResourceFields;
import dev.orrery.kubelet.image.ImageCatalog;
import dev.orrery.kubelet.image.NodeImages;
import dev.orrery.kubelet.mailbox.Mailbox;
import dev.orrery.kubelet.mount.NodeVolumes;
import dev.orrery.kubelet.mount.SharedBytes;
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
import dev.orrery.kubelet.storage.Attachments;
import dev.orrery.kubelet.storage.MemoryVolumes;
import dev.orrery.kubelet.storage.VolumeStore;
import dev.orrery.kubelet.usage.Usages;
import dev.orrery.kubelet.volume.ClusterObjects;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.userland.file.Allowance;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** What files may take of the memory where nobody says how much there is. */
    private static final long FILE_BYTES = 64L << 20;

    private final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
    private final Index<Pod> byNode = new Index<>("nodeName", KubeletPool::nodeName);
    private final Informer<Pod> pods;
    private final Informer<PersistentVolume> volumes;
    private final VolumeStore store;
    private final Usages usages;

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
                        fabric),
                new MemoryVolumes(surroundings.clock(), new Allowance(FILE_BYTES)),
                fabric);
    }

    /**
     * @param runtime what containers run on
     */
    public KubeletPool(Surroundings surroundings, KubeletConfig config, ContainerRuntime runtime) {
        this(
                surroundings,
                config,
                runtime,
                new MemoryVolumes(surroundings.clock(), new Allowance(FILE_BYTES)),
                new Fabric(surroundings, Uplink.NONE));
    }

    /**
     * @param runtime what containers run on
     * @param store where their volumes are kept
     * @param fabric what joins them
     */
    public KubeletPool(
            Surroundings surroundings,
            KubeletConfig config,
            ContainerRuntime runtime,
            VolumeStore store,
            Fabric fabric) {
        this.store = store;
        Informer<Node> nodeObjects = surroundings.informers().of(Node.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.volumes = surroundings.informers().of(PersistentVolume.class);
        pods.addIndex(byNode);
        ClusterObjects objects =
                new ClusterObjects(
                        surroundings.informers().of(ConfigMap.class),
                        surroundings.informers().of(Secret.class),
                        surroundings.informers().of(PersistentVolumeClaim.class),
                        surroundings.informers().of(PersistentVolume.class),
                        surroundings.informers().of(ServiceAccount.class),
                        surroundings.informers().of(Service.class));
        ImageCatalog catalog =
                ImageCatalog.with(config.missingImages(), () -> imageProfiles(config, objects));
        NodeVolumes.Shared shared =
                new NodeVolumes.Shared(
                        store,
                        new Attachments(),
                        new SharedBytes(),
                        new ImageVolumes(catalog, surroundings.clock()));
        for (int i = 0; i < config.nodes(); i++) {
            NodeShape shape = shape(config, i);
            fabric.addNode(shape.name(), shape.address());
            PodHost host =
                    host(surroundings, config, shape, objects, shared, catalog, runtime, fabric);
            nodes.put(
                    shape.name(),
                    new SimulatedNode(
                            shape, host, nodeObjects, () -> pods.byIndex(byNode, shape.name())));
        }
        usages =
                new Usages(
                        nodes.keySet(), node -> pods.byIndex(byNode, node), surroundings.clock());
        pods.addHandler(this::podChanged);
        nodeObjects.addHandler(this::nodeChanged);
        volumes.addHandler(this::volumeChanged);
    }

    /** Lets the nodes' reports be read there. */
    public void serve(KubeletEndpoints kubelets) {
        nodes.keySet().forEach(name -> kubelets.add(name, () -> pods.byIndex(byNode, name)));
    }

    public void start() {
        clearDisks();
        Duration offset = Duration.ZERO;
        for (SimulatedNode node : nodes.values()) {
            node.start(offset);
            offset = offset.plus(BETWEEN_STARTS);
        }
    }

    /** For who asks what nodes and pods use. */
    public Usages usages() {
        return usages;
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

    private void volumeChanged(
            @Nullable PersistentVolume before, @Nullable PersistentVolume after, Change change) {
        if (after == null && before != null) {
            store.delete(NodeVolumes.CLAIMED + before.getMetadata().getUid());
        }
    }

    /** What was deleted while no kubelet was there to see it. */
    private void clearDisks() {
        Set<String> needed = new HashSet<>();
        pods.list().forEach(pod -> needed.add(NodeVolumes.PODS + pod.getMetadata().getUid()));
        volumes.list()
                .forEach(each -> needed.add(NodeVolumes.CLAIMED + each.getMetadata().getUid()));
        for (String name : store.names()) {
            String owner = name.replaceFirst("^([^/]+/[^/]+).*", "$1");
            boolean owned =
                    owner.startsWith(NodeVolumes.PODS) || owner.startsWith(NodeVolumes.CLAIMED);
            if (owned && !needed.contains(owner)) {
                store.delete(owner);
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
            NodeVolumes.Shared shared,
            ImageCatalog catalog,
            ContainerRuntime runtime,
            Fabric fabric) {
        StoreClient store = surroundings.store().asNode(shape.name());
        ResourceFields resources = new ResourceFields(shape.capacity());
        return new PodHost(
                shape.name(),
                shape.address(),
                resources,
                new Mailbox(shape.name(), surroundings.executor()),
                surroundings.clock(),
                surroundings.executor(),
                new SplittableRandom(surroundings.random().nextLong()),
                store,
                surroundings.events().from("kubelet", shape.name()),
                objects,
                new NodeVolumes(
                        shape.name(), shared, objects, resources, store, surroundings.clock()),
                catalog,
                new NodeImages(),
                new PodAddresses(shape.podCidr()),
                fabric,
                runtime,
                config.delays());
    }
}
