package dev.orrery.scheduler.framework;

import dev.orrery.scheduler.framework.Status.Rejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Why a pod fits on no node, node by node, and the sentence that tells people. */
public final class Diagnosis {

    private final int nodeCount;
    private final Map<String, Rejected> nodes = new LinkedHashMap<>();
    private final SortedSet<String> plugins = new TreeSet<>();
    private Rejected others = new Rejected("", List.of(), false);
    private String preFilterMessage = "";
    private String postFilterMessage = "";

    public Diagnosis(int nodeCount) {
        this.nodeCount = nodeCount;
    }

    public void reject(String node, Rejected why) {
        nodes.put(node, why);
        rejectedBy(why);
    }

    /** All nodes that are not named otherwise. */
    public void rejectOthers(Rejected why) {
        others = why;
    }

    /** The pod itself was turned away, before any node was tried. */
    public void rejectPod(Rejected why) {
        others = why;
        preFilterMessage = why.message();
        rejectedBy(why);
    }

    public void rejectedBy(Rejected why) {
        if (!why.plugin().isEmpty()) {
            plugins.add(why.plugin());
        }
    }

    public void rejectedBy(String plugin) {
        plugins.add(plugin);
    }

    void postFilterMessage(String message) {
        postFilterMessage = message;
    }

    public int nodeCount() {
        return nodeCount;
    }

    public Rejected of(String node) {
        return nodes.getOrDefault(node, others);
    }

    /** The plugins that turned the pod away. */
    public SortedSet<String> plugins() {
        return new TreeSet<>(plugins);
    }

    /**
     * As Kubernetes says it: {@code 0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had
     * untolerated taint(s).} and then what came of making room.
     */
    public String message() {
        StringBuilder text = new StringBuilder();
        text.append("0/").append(nodeCount).append(" nodes are available:");
        if (!preFilterMessage.isEmpty()) {
            text.append(' ').append(preFilterMessage).append('.');
        } else {
            List<String> reasons = countedReasons();
            if (!reasons.isEmpty()) {
                text.append(' ').append(String.join(", ", reasons)).append('.');
            }
        }
        if (!postFilterMessage.isEmpty()) {
            text.append(' ').append(postFilterMessage);
        }
        return text.toString();
    }

    private List<String> countedReasons() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Rejected each : nodes.values()) {
            each.reasons().forEach(reason -> counts.merge(reason, 1, Integer::sum));
        }
        int unnamed = nodeCount - nodes.size();
        if (unnamed > 0) {
            others.reasons().forEach(reason -> counts.merge(reason, unnamed, Integer::sum));
        }
        List<String> sentences = new ArrayList<>();
        counts.forEach((reason, count) -> sentences.add(count + " " + reason));
        sentences.sort(null);
        return sentences;
    }
}
