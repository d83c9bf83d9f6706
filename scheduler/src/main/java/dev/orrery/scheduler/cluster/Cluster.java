package dev.orrery.scheduler.cluster;

import dev.orrery.scheduler.cluster.MatchCounts.Group;
import io.fabric8.kubernetes.api.model.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and the pods on them: what the informers tell, and on top the pods that are assumed to run
 * where they are being bound. Used on the scheduling thread alone, so that a decision reads it in
 * place.
 *
 * <p>Invariant: each pod is on at most one node.
 */
public final class Cluster {

    private final Map<String, NodeInfo> nodes = new TreeMap<>();
    private final Map<String, Placement> placements = new HashMap<>();
    private final HeldTerms required = new HeldTerms();
    private final HeldTerms requiredAnti = new HeldTerms();
    private final HeldTerms preferred = new HeldTerms();
    private final Map<String, Integer> nodesWithImage = new HashMap<>();
    private final Map<String, Map<String, PodInfo>> nominated = new HashMap<>();
    private final Map<String, String> nominations = new HashMap<>();
    private final MatchCounts matches;
    private @Nullable List<NodeInfo> order;

    private record Placement(PodInfo pod, String node, boolean assumed) {}

    public Cluster(Namespaces namespaces) {
        matches = new MatchCounts(namespaces, this::visitPods);
    }

    // Nodes

    public void observe(Node node) {
        NodeInfo info = nodes.computeIfAbsent(node.getMetadata().getName(), NodeInfo::new);
        Node before = info.node();
        if (before == null || !NodeOrder.zone(before).equals(NodeOrder.zone(node))) {
            order = null;
        }
        countImages(info, -1);
        info.observe(node);
        countImages(info, 1);
    }

    /** Its pods stay counted until they are gone themselves. */
    public void removeNode(String name) {
        NodeInfo info = nodes.get(name);
        if (info == null) {
            return;
        }
        countImages(info, -1);
        info.observe(null);
        order = null;
        dropIfUnknown(info);
    }

    /** The nodes that exist, in the order in which they are tried: zones take turns. */
    public List<NodeInfo> nodes() {
        if (order == null) {
            order = NodeOrder.of(nodes.values());
        }
        return order;
    }

    /** Null if the node does not exist. */
    public @Nullable NodeInfo node(String name) {
        NodeInfo info = nodes.get(name);
        return info == null || info.node() == null ? null : info;
    }

    public int nodesWithImage(String image) {
        return nodesWithImage.getOrDefault(image, 0);
    }

    // Pods

    /** The pod runs on a node, as the API says. This ends that it is only assumed there. */
    public void observe(PodInfo pod, String node) {
        place(new Placement(pod, node, false));
    }

    /** The pod is being bound: from here on it counts as if it ran there. */
    public void assume(PodInfo pod, String node) {
        place(new Placement(pod, node, true));
    }

    /** A newer version of a placed pod, in which nothing is new that is counted. */
    public void refresh(PodInfo pod) {
        Placement placement = placements.get(pod.uid());
        NodeInfo info = placement == null ? null : nodes.get(placement.node());
        if (placement != null && info != null) {
            placements.put(pod.uid(), new Placement(pod, placement.node(), placement.assumed()));
            info.refresh(pod);
        }
    }

    /** The binding failed. Does nothing if the pod is not, or no longer, only assumed. */
    public void forget(String uid) {
        Placement placement = placements.get(uid);
        if (placement != null && placement.assumed()) {
            removePod(uid);
        }
    }

    public void removePod(String uid) {
        Placement placement = placements.remove(uid);
        if (placement == null) {
            return;
        }
        NodeInfo info = nodes.get(placement.node());
        if (info != null) {
            info.remove(placement.pod());
            matches.removed(info.name(), placement.pod());
            hold(placement.pod(), info.name(), -1);
            dropIfUnknown(info);
        }
    }

    public boolean isAssumed(String uid) {
        Placement placement = placements.get(uid);
        return placement != null && placement.assumed();
    }

    /** The pod as it is counted; null if it runs nowhere. */
    public @Nullable PodInfo placed(String uid) {
        Placement placement = placements.get(uid);
        return placement == null ? null : placement.pod();
    }

    /** Where the pod is counted; empty if it runs nowhere. */
    public String nodeOf(String uid) {
        Placement placement = placements.get(uid);
        return placement == null ? "" : placement.node();
    }

    private void place(Placement placement) {
        Placement before = placements.get(placement.pod().uid());
        if (before != null) {
            removePod(placement.pod().uid());
        }
        NodeInfo info = nodes.computeIfAbsent(placement.node(), NodeInfo::new);
        placements.put(placement.pod().uid(), placement);
        info.add(placement.pod());
        matches.added(info.name(), placement.pod());
        hold(placement.pod(), info.name(), 1);
    }

    private void hold(PodInfo pod, String node, int times) {
        Affinities held = pod.affinities();
        held.required().forEach(each -> required.add(each, node, times));
        held.requiredAnti().forEach(each -> requiredAnti.add(each, node, times));
        held.preferred().forEach(each -> preferred.add(each.term(), node, times * each.weight()));
        held.preferredAnti()
                .forEach(each -> preferred.add(each.term(), node, -times * each.weight()));
    }

    private void dropIfUnknown(NodeInfo info) {
        if (info.node() == null && info.podCount() == 0) {
            nodes.remove(info.name());
        }
    }

    // Who is where

    /** The required affinity of pods on nodes, each weighing 1. */
    public HeldTerms required() {
        return required;
    }

    /** The required anti-affinity of pods on nodes, each weighing 1. */
    public HeldTerms requiredAnti() {
        return requiredAnti;
    }

    /** What pods on nodes prefer; what they would rather avoid weighs less than nothing. */
    public HeldTerms preferred() {
        return preferred;
    }

    /** How many pods, also terminating ones, are in all selections, by node; without zeros. */
    public Map<String, Integer> matches(List<PodSelection> selections) {
        return matches.byNode(new Group(List.copyOf(selections), true));
    }

    /** How many pods that are not terminating are in the selection, by node; without zeros. */
    public Map<String, Integer> staying(PodSelection selection) {
        return matches.byNode(new Group(List.of(selection), false));
    }

    public void namespacesRelabelled() {
        matches.forgetNamespaceSelectors();
    }

    // Nominations: room that preemption made

    /** Keeps room on a node for a pod that is not bound; an empty name gives the room up. */
    public void nominate(PodInfo pod, String node) {
        String before = nominations.remove(pod.uid());
        if (before != null) {
            Map<String, PodInfo> there = nominated.get(before);
            if (there != null) {
                there.remove(pod.uid());
            }
        }
        if (!node.isEmpty()) {
            nominations.put(pod.uid(), node);
            nominated.computeIfAbsent(node, any -> new LinkedHashMap<>()).put(pod.uid(), pod);
        }
    }

    public String nominatedNode(String uid) {
        return nominations.getOrDefault(uid, "");
    }

    public Collection<PodInfo> nominatedTo(String node) {
        Map<String, PodInfo> there = nominated.get(node);
        return there == null ? List.of() : new ArrayList<>(there.values());
    }

    private void visitPods(MatchCounts.Visitor visitor) {
        for (NodeInfo info : nodes.values()) {
            info.pods().forEach(pod -> visitor.visit(info.name(), pod));
        }
    }

    private void countImages(NodeInfo info, int change) {
        for (String image : info.imageSizes().keySet()) {
            nodesWithImage.merge(image, change, Integer::sum);
        }
    }
}
