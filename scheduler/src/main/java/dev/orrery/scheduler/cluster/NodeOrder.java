package dev.orrery.scheduler.cluster;

import io.fabric8.kubernetes.api.model.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order in which nodes are tried: one of each zone in turn, so that the nodes of a sample come
 * from all zones. Zones a: 1 2 3 and b: 4 give 1 4 2 3.
 */
final class NodeOrder {

    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String REGION = "topology.kubernetes.io/region";

    private NodeOrder() {}

    static List<NodeInfo> of(Collection<NodeInfo> all) {
        Map<String, Deque<NodeInfo>> zones = new TreeMap<>();
        int count = 0;
        for (NodeInfo info : all) {
            Node node = info.node();
            if (node != null) {
                zones.computeIfAbsent(zone(node), any -> new ArrayDeque<>()).add(info);
                count++;
            }
        }
        List<NodeInfo> order = new ArrayList<>(count);
        while (order.size() < count) {
            for (Deque<NodeInfo> zone : zones.values()) {
                if (!zone.isEmpty()) {
                    order.add(zone.remove());
                }
            }
        }
        return Collections.unmodifiableList(order);
    }

    static String zone(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        return labels == null
                ? ""
                : labels.getOrDefault(REGION, "") + "\0" + labels.getOrDefault(ZONE, "");
    }
}
