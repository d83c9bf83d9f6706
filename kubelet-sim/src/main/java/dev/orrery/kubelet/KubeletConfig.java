package dev.orrery.kubelet;

import dev.orrery.kubelet.pod.Delays;
import java.util.Map;
import java.util.Set;

/**
 * The nodes of one process and how they behave.
 *
 * @param nodes how many
 * @param firstNode how many nodes other processes have before these: they decide names and
 *     addresses, and must not overlap
 * @param agentAddress {@code host:port} under which api-servers reach this process; empty where
 *     they know it anyway
 * @param nodePrefix of their names; numbers from 1 follow
 * @param nodeCpu of each, as a Kubernetes quantity
 * @param nodeMemory of each, as a Kubernetes quantity
 * @param nodePods how many pods each takes
 * @param missingImages images that fail to pull, beside those whose tag looks made to fail
 * @param imageProfiles the texts of profiles of images, by file name
 */
public record KubeletConfig(
        int nodes,
        int firstNode,
        String agentAddress,
        String nodePrefix,
        String nodeCpu,
        String nodeMemory,
        int nodePods,
        Delays delays,
        Set<String> missingImages,
        Map<String, String> imageProfiles) {

    public static final KubeletConfig DEFAULT =
            new KubeletConfig(
                    3, 0, "", "node-", "8", "32Gi", 110, Delays.USUAL, Set.of(), Map.of());

    /** Their pod networks go up to 10.255.255.0/24. */
    private static final int MOST_NODES = 12 * 256;

    public KubeletConfig {
        if (nodes < 0 || firstNode < 0 || firstNode + nodes > MOST_NODES) {
            throw new IllegalArgumentException(
                    "not between 0 and " + MOST_NODES + " nodes: " + nodes + " from " + firstNode);
        }
        missingImages = Set.copyOf(missingImages);
        imageProfiles = Map.copyOf(imageProfiles);
    }

    public KubeletConfig withNodes(int count) {
        return new KubeletConfig(
                count,
                firstNode,
                agentAddress,
                nodePrefix,
                nodeCpu,
                nodeMemory,
                nodePods,
                delays,
                missingImages,
                imageProfiles);
    }

    /** The same where other processes have nodes too. */
    public KubeletConfig withPlace(int first, String address) {
        return new KubeletConfig(
                nodes,
                first,
                address,
                nodePrefix,
                nodeCpu,
                nodeMemory,
                nodePods,
                delays,
                missingImages,
                imageProfiles);
    }

    public KubeletConfig withDelays(Delays changed) {
        return new KubeletConfig(
                nodes,
                firstNode,
                agentAddress,
                nodePrefix,
                nodeCpu,
                nodeMemory,
                nodePods,
                changed,
                missingImages,
                imageProfiles);
    }
}
