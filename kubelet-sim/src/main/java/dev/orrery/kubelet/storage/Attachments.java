package dev.orrery.kubelet.storage;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which disk is attached to which node, for whose sake, and as which device. A disk that only one
 * node may have goes to the next when no pod of the first one needs it. For any thread.
 */
public final class Attachments {

    private static final int LETTERS = 26;

    private final Map<String, Map<String, Attachment>> disks = new TreeMap<>();
    private final Map<String, Set<Integer>> devices = new TreeMap<>();

    private record Attachment(int device, Map<String, String> pods) {}

    /** What came of an attempt to attach. */
    public sealed interface Outcome {

        /**
         * @param device such as {@code /dev/sdb}
         */
        record Attached(String device) implements Outcome {}

        /**
         * @param pods on other nodes, by name, that use it
         */
        record InUse(Set<String> pods) implements Outcome {}
    }

    /**
     * @param exclusive only one node at a time may have it
     * @param pod uid of the pod that needs it; asking again changes nothing
     */
    public synchronized Outcome attach(
            String disk, String node, String pod, String podName, boolean exclusive) {
        Map<String, Attachment> nodes = disks.computeIfAbsent(disk, _ -> new TreeMap<>());
        if (exclusive) {
            Set<String> others = new TreeSet<>();
            nodes.forEach((other, attachment) -> {
                if (!other.equals(node)) {
                    others.addAll(attachment.pods().values());
                }
            });
            if (!others.isEmpty()) {
                return new Outcome.InUse(others);
            }
        }
        Attachment attachment =
                nodes.computeIfAbsent(node, _ -> new Attachment(freeDevice(node), new TreeMap<>()));
        attachment.pods().put(pod, podName);
        return new Outcome.Attached(name(attachment.device()));
    }

    /** The pod is gone from the node. */
    public synchronized void detach(String disk, String node, String pod) {
        Map<String, Attachment> nodes = disks.get(disk);
        Attachment attachment = nodes == null ? null : nodes.get(node);
        if (nodes == null || attachment == null) {
            return;
        }
        attachment.pods().remove(pod);
        if (attachment.pods().isEmpty()) {
            nodes.remove(node);
            devices.getOrDefault(node, Set.of()).remove(attachment.device());
        }
        if (nodes.isEmpty()) {
            disks.remove(disk);
        }
    }

    private int freeDevice(String node) {
        Set<Integer> taken = devices.computeIfAbsent(node, _ -> new HashSet<>());
        int free = 1;
        while (!taken.add(free)) {
            free++;
        }
        return free;
    }

    /** 1 is /dev/sdb, 25 is /dev/sdz, 26 is /dev/sdaa. */
    static String name(int device) {
        StringBuilder letters = new StringBuilder();
        for (int left = device + 1; left > 0; left = (left - 1) / LETTERS) {
            letters.insert(0, (char) ('a' + (left - 1) % LETTERS));
        }
        return "/dev/sd" + letters;
    }
}
