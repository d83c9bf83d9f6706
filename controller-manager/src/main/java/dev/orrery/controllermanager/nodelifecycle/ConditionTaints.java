package dev.orrery.controllermanager.nodelifecycle;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The taints that a node's conditions and its being cordoned ask for. Pure. */
final class ConditionTaints {

    private static final String PREFIX = "node.kubernetes.io/";
    private static final String NOT_READY = PREFIX + "not-ready";
    private static final String UNREACHABLE = PREFIX + "unreachable";
    private static final String UNSCHEDULABLE = PREFIX + "unschedulable";

    /** In the same order in every JVM: so are the taints of a node. */
    private static final SortedMap<String, String> PRESSURES =
            new TreeMap<>(
                    Map.of(
                            "MemoryPressure", PREFIX + "memory-pressure",
                            "DiskPressure", PREFIX + "disk-pressure",
                            "PIDPressure", PREFIX + "pid-pressure",
                            "NetworkUnavailable", PREFIX + "network-unavailable"));

    private record Mark(String key, String effect) {}

    private ConditionTaints() {}

    /**
     * The node with the taints it must have; empty where it has them. Taints of other writers stay.
     *
     * @param evicts asked only of a node that is not ready; false: nobody is made to leave, as
     *     there is no node left to go to
     */
    static Optional<Node> corrected(Node node, BooleanSupplier evicts, Instant now) {
        if (NodeConditions.status(node, "Ready").isEmpty() && !isCordoned(node)) {
            return Optional.empty();
        }
        Set<Mark> missing = wanted(node, evicts);
        List<Taint> next = new ArrayList<>();
        for (Taint taint : taints(node)) {
            Mark mark = new Mark(taint.getKey(), taint.getEffect());
            if (missing.remove(mark) || !isOurs(mark)) {
                next.add(taint);
            }
        }
        missing.forEach(mark -> next.add(taint(mark, now)));
        if (next.equals(taints(node))) {
            return Optional.empty();
        }
        return Optional.of(
                new NodeBuilder(node).editOrNewSpec().withTaints(next).endSpec().build());
    }

    private static Set<Mark> wanted(Node node, BooleanSupplier evicts) {
        Set<Mark> wanted = new LinkedHashSet<>();
        switch (NodeConditions.status(node, "Ready")) {
            case "True" -> {}
            case "Unknown" -> addBoth(wanted, UNREACHABLE, evicts);
            default -> addBoth(wanted, NOT_READY, evicts);
        }
        PRESSURES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(entry -> NodeConditions.status(node, entry.getKey()).equals("True"))
                .forEach(entry -> wanted.add(new Mark(entry.getValue(), "NoSchedule")));
        if (isCordoned(node)) {
            wanted.add(new Mark(UNSCHEDULABLE, "NoSchedule"));
        }
        return wanted;
    }

    private static void addBoth(Set<Mark> wanted, String key, BooleanSupplier evicts) {
        wanted.add(new Mark(key, "NoSchedule"));
        if (evicts.getAsBoolean()) {
            wanted.add(new Mark(key, "NoExecute"));
        }
    }

    private static boolean isOurs(Mark mark) {
        return switch (mark.effect()) {
            case "NoSchedule" ->
                    mark.key().equals(NOT_READY)
                            || mark.key().equals(UNREACHABLE)
                            || mark.key().equals(UNSCHEDULABLE)
                            || PRESSURES.containsValue(mark.key());
            case "NoExecute" -> mark.key().equals(NOT_READY) || mark.key().equals(UNREACHABLE);
            default -> false;
        };
    }

    private static Taint taint(Mark mark, Instant now) {
        return new TaintBuilder()
                .withKey(mark.key())
                .withEffect(mark.effect())
                .withTimeAdded(Timestamps.format(now))
                .build();
    }

    private static boolean isCordoned(Node node) {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    private static List<Taint> taints(Node node) {
        return node.getSpec() == null ? List.of() : node.getSpec().getTaints();
    }
}
