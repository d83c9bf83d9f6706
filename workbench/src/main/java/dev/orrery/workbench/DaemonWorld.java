package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@link DaemonPlaces} knows of: one DaemonSet, its pods, and the nodes. */
record DaemonWorld(DaemonSpec spec, SortedMap<String, PodView> pods, Map<String, NodeView> nodes) {

    /** Taints that every daemon stays in spite of. */
    private static final Set<String> TOLERATED =
            Set.of(
                    "node.kubernetes.io/disk-pressure",
                    "node.kubernetes.io/memory-pressure",
                    "node.kubernetes.io/pid-pressure",
                    "node.kubernetes.io/unschedulable");

    static final DaemonWorld EMPTY =
            new DaemonWorld(
                    new DaemonSpec("", "", 0, 0, false, Map.of()), new TreeMap<>(), Map.of());

    DaemonWorld {
        pods = Collections.unmodifiableSortedMap(new TreeMap<>(pods));
        nodes = Map.copyOf(nodes);
    }

    /**
     * @param unavailable how many pods an update may take away at a time
     * @param surge how many nodes may have a new pod beside the old one
     */
    record DaemonSpec(
            String uid,
            String image,
            int unavailable,
            int surge,
            boolean rolling,
            Map<String, String> selector) {

        static DaemonSpec of(JsonNode set) {
            JsonNode strategy = set.path("spec").path("updateStrategy");
            JsonNode template = set.path("spec").path("template").path("spec");
            return new DaemonSpec(
                    set.path("metadata").path("uid").asText(),
                    template.path("containers").path(0).path("image").asText(),
                    strategy.path("rollingUpdate").path("maxUnavailable").asInt(),
                    strategy.path("rollingUpdate").path("maxSurge").asInt(),
                    !strategy.path("type").asText().equals("OnDelete"),
                    texts(template.path("nodeSelector")));
        }
    }

    /**
     * @param closed to new pods by a taint
     */
    record NodeView(Map<String, String> labels, boolean closed) {

        static NodeView of(JsonNode node) {
            boolean closed = false;
            for (JsonNode taint : node.path("spec").path("taints")) {
                closed |=
                        taint.path("effect").asText().equals("NoSchedule")
                                && !TOLERATED.contains(taint.path("key").asText());
            }
            return new NodeView(texts(node.path("metadata").path("labels")), closed);
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return Map.copyOf(texts);
    }

    DaemonWorld withSpec(DaemonSpec next) {
        return new DaemonWorld(next, pods, nodes);
    }

    DaemonWorld withPod(String name, @Nullable PodView pod) {
        SortedMap<String, PodView> next = new TreeMap<>(pods);
        if (pod == null) {
            next.remove(name);
        } else {
            next.put(name, pod);
        }
        return new DaemonWorld(spec, next, nodes);
    }

    DaemonWorld withNode(String name, @Nullable NodeView node) {
        Map<String, NodeView> next = new HashMap<>(nodes);
        if (node == null) {
            next.remove(name);
        } else {
            next.put(name, node);
        }
        return new DaemonWorld(spec, pods, next);
    }

    /** Its pod may stay there. */
    boolean isPlace(String node) {
        NodeView view = nodes.get(node);
        return view != null && isPlace(view);
    }

    private boolean isPlace(NodeView node) {
        return node.labels().entrySet().containsAll(spec.selector().entrySet());
    }

    /** It should have a pod. */
    boolean isMeant(String node) {
        NodeView view = nodes.get(node);
        return view != null && isPlace(view) && !view.closed();
    }

    /** Where a pod is, an update may put a new one beside it whatever has become of the node. */
    boolean mayHaveNew(String node) {
        return isMeant(node) || (spec.surge() > 0 && isPlace(node) && !on(node).isEmpty());
    }

    List<PodView> on(String node) {
        return pods.values().stream().filter(pod -> pod.target().equals(node)).toList();
    }

    boolean isUpdated(PodView pod) {
        return pod.image().equals(spec.image());
    }

    /** A new pod has room on the node: it is the only one, or the first of its kind beside one. */
    boolean hasRoom(String node) {
        List<PodView> there = on(node);
        if (spec.surge() == 0) {
            return there.isEmpty();
        }
        List<PodView> alive = there.stream().filter(PodView::isAlive).toList();
        return alive.isEmpty() || (alive.size() == 1 && !isUpdated(alive.getFirst()));
    }

    /** How many nodes but this one have a pod too many for now, as far as the old ones serve. */
    int surging(String except) {
        Set<String> crowded = new HashSet<>();
        for (PodView pod : pods.values()) {
            boolean beside =
                    on(pod.target()).stream()
                            .anyMatch(other -> isUpdated(other) && other.isAlive());
            if (!isUpdated(pod) && pod.serves() && beside) {
                crowded.add(pod.target());
            }
        }
        crowded.remove(except);
        return crowded.size();
    }

    boolean maySurge(String node) {
        return on(node).stream().noneMatch(PodView::serves) || surging(node) < spec.surge();
    }

    /** An update may take this pod away now. */
    boolean mayUpdate(PodView pod) {
        if (!spec.rolling() || isUpdated(pod)) {
            return false;
        }
        if (!pod.ready()) {
            return true;
        }
        if (spec.surge() > 0) {
            return on(pod.target()).stream().anyMatch(other -> isUpdated(other) && other.serves());
        }
        return away(pod.target()) < spec.unavailable();
    }

    /**
     * How many nodes but this one have no pod that serves, and should. An old one that does not
     * serve takes nobody's turn: it may be taken away at any time.
     */
    private int away(String except) {
        int away = 0;
        for (String node : nodes.keySet()) {
            List<PodView> alive = on(node).stream().filter(PodView::isAlive).toList();
            boolean served = alive.stream().anyMatch(PodView::ready);
            boolean old = !alive.isEmpty() && alive.stream().noneMatch(this::isUpdated);
            away += isMeant(node) && !node.equals(except) && !served && !old ? 1 : 0;
        }
        return away;
    }

    /** Another one like it is on its node. */
    boolean isDoubled(PodView pod) {
        return on(pod.target()).stream()
                .anyMatch(other ->
                        !other.uid().equals(pod.uid())
                                && !other.ended()
                                && (spec.surge() == 0 || isUpdated(other) == isUpdated(pod)));
    }

    int nodesWith(Predicate<PodView> which) {
        return (int)
                nodes.keySet().stream()
                        .filter(this::isMeant)
                        .filter(node -> on(node).stream().anyMatch(which))
                        .count();
    }
}
