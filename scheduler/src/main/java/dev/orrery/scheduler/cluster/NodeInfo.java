package dev.orrery.scheduler.cluster;

import dev.orrery.scheduler.resource.Quantities;
import dev.orrery.scheduler.resource.Resources;
import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node and the sums over its pods, kept up to date pod by pod. Changed by its {@link Cluster}
 * alone, on the scheduling thread; a trial (what if these pods were gone?) works on a copy.
 *
 * <p>Invariant: the sums are exactly those of {@link #pods()}.
 */
public final class NodeInfo {

    private final String name;
    private @Nullable Node node;
    private Map<String, String> labels = Map.of();
    private List<Taint> taints = List.of();
    private Resources allocatable = Resources.NONE;
    private long allowedPods;
    private Map<String, Long> imageSizes = Map.of();

    private final Map<String, PodInfo> pods;
    private final List<HostPort> ports;
    private Resources requested = Resources.NONE;
    private long scoredMilliCpu;
    private long scoredMemory;

    NodeInfo(String name) {
        this.name = name;
        pods = new LinkedHashMap<>();
        ports = new ArrayList<>();
    }

    private NodeInfo(NodeInfo other) {
        name = other.name;
        node = other.node;
        labels = other.labels;
        taints = other.taints;
        allocatable = other.allocatable;
        allowedPods = other.allowedPods;
        imageSizes = other.imageSizes;
        pods = new LinkedHashMap<>(other.pods);
        ports = new ArrayList<>(other.ports);
        requested = other.requested;
        scoredMilliCpu = other.scoredMilliCpu;
        scoredMemory = other.scoredMemory;
    }

    /** A node without pods, for tests of single plugins and trials. */
    public static NodeInfo of(Node node) {
        NodeInfo info = new NodeInfo(node.getMetadata().getName());
        info.observe(node);
        return info;
    }

    public NodeInfo copy() {
        return new NodeInfo(this);
    }

    void observe(@Nullable Node changed) {
        node = changed;
        if (changed == null) {
            imageSizes = Map.of();
            return;
        }
        Map<String, String> own = changed.getMetadata().getLabels();
        labels = own == null ? Map.of() : own;
        taints = changed.getSpec() == null ? List.of() : changed.getSpec().getTaints();
        Map<String, Quantity> room =
                changed.getStatus() == null ? Map.of() : changed.getStatus().getAllocatable();
        allocatable = Resources.of(room);
        allowedPods = room.containsKey("pods") ? Quantities.value(room.get("pods")) : 0;
        imageSizes = imageSizes(changed);
    }

    private static Map<String, Long> imageSizes(Node node) {
        if (node.getStatus() == null || node.getStatus().getImages().isEmpty()) {
            return Map.of();
        }
        Map<String, Long> sizes = new HashMap<>();
        for (ContainerImage image : node.getStatus().getImages()) {
            long size = image.getSizeBytes() == null ? 0 : image.getSizeBytes();
            image.getNames().forEach(each -> sizes.put(each, size));
        }
        return sizes;
    }

    public void add(PodInfo pod) {
        PodInfo before = pods.put(pod.uid(), pod);
        if (before != null) {
            subtract(before);
        }
        requested = requested.plus(pod.requests().asked());
        scoredMilliCpu += pod.requests().scored().milliCpu();
        scoredMemory += pod.requests().scored().memory();
        ports.addAll(pod.ports());
    }

    void refresh(PodInfo pod) {
        pods.replace(pod.uid(), pod);
    }

    public void remove(PodInfo pod) {
        PodInfo held = pods.remove(pod.uid());
        if (held != null) {
            subtract(held);
        }
    }

    private void subtract(PodInfo pod) {
        requested = requested.minus(pod.requests().asked());
        scoredMilliCpu -= pod.requests().scored().milliCpu();
        scoredMemory -= pod.requests().scored().memory();
        pod.ports().forEach(ports::remove);
    }

    public String name() {
        return name;
    }

    /** Null while only pods are known that are bound to a node of this name. */
    public @Nullable Node node() {
        return node;
    }

    public boolean isUnschedulable() {
        return node != null
                && node.getSpec() != null
                && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    public Map<String, String> labels() {
        return labels;
    }

    public List<Taint> taints() {
        return taints;
    }

    public Resources allocatable() {
        return allocatable;
    }

    public long allowedPods() {
        return allowedPods;
    }

    /** Bytes by name of the images that the node has. */
    public Map<String, Long> imageSizes() {
        return imageSizes;
    }

    public Collection<PodInfo> pods() {
        return Collections.unmodifiableCollection(pods.values());
    }

    public int podCount() {
        return pods.size();
    }

    public List<HostPort> ports() {
        return Collections.unmodifiableList(ports);
    }

    public Resources requested() {
        return requested;
    }

    /** Requested, with a small amount for each container that names none. */
    public long scoredMilliCpu() {
        return scoredMilliCpu;
    }

    public long scoredMemory() {
        return scoredMemory;
    }
}
