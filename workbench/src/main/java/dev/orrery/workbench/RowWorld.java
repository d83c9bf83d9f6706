package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What {@link RowOrder} knows of: one StatefulSet, its pods by ordinal, and nodes that are silent.
 */
record RowWorld(RowSpec spec, SortedMap<Integer, PodView> pods, Set<String> lostNodes) {

    static final RowWorld EMPTY =
            new RowWorld(new RowSpec("", 0, true, 0, 1, ""), new TreeMap<>(), new TreeSet<>());

    RowWorld {
        pods = Collections.unmodifiableSortedMap(new TreeMap<>(pods));
        lostNodes = Set.copyOf(lostNodes);
    }

    /**
     * @param unavailable how many pods an update may take away at a time
     */
    record RowSpec(
            String uid,
            int replicas,
            boolean ordered,
            int partition,
            int unavailable,
            String image) {

        static RowSpec of(JsonNode set) {
            JsonNode spec = set.path("spec");
            JsonNode rolling = spec.path("updateStrategy").path("rollingUpdate");
            return new RowSpec(
                    set.path("metadata").path("uid").asText(),
                    spec.path("replicas").asInt(),
                    !spec.path("podManagementPolicy").asText().equals("Parallel"),
                    rolling.path("partition").asInt(),
                    rolling.path("maxUnavailable").asInt(1),
                    spec.path("template")
                            .path("spec")
                            .path("containers")
                            .path(0)
                            .path("image")
                            .asText());
        }
    }

    RowWorld withSpec(RowSpec next) {
        return new RowWorld(next, pods, lostNodes);
    }

    RowWorld withPod(int ordinal, @Nullable PodView pod) {
        SortedMap<Integer, PodView> next = new TreeMap<>(pods);
        if (pod == null) {
            next.remove(ordinal);
        } else {
            next.put(ordinal, pod);
        }
        return new RowWorld(spec, next, lostNodes);
    }

    RowWorld withNode(String name, boolean lost) {
        Set<String> next = new TreeSet<>(lostNodes);
        if (lost) {
            next.add(name);
        } else {
            next.remove(name);
        }
        return new RowWorld(spec, pods, next);
    }

    boolean wants(int ordinal) {
        return ordinal < spec.replicas();
    }

    /** All places before this one have a pod that serves. */
    boolean servesBefore(int ordinal) {
        for (int i = 0; i < ordinal; i++) {
            PodView pod = pods.get(i);
            if (pod == null || !pod.serves()) {
                return false;
            }
        }
        return true;
    }

    boolean hasEnded(int ordinal) {
        PodView pod = pods.get(ordinal);
        return pod != null && pod.ended();
    }

    boolean isEmptyAfter(int ordinal) {
        return pods.tailMap(ordinal + 1).isEmpty();
    }

    /** An update may take this pod away now. */
    boolean mayUpdate(int ordinal) {
        PodView pod = pods.get(ordinal);
        if (pod == null || ordinal < spec.partition() || pod.image().equals(spec.image())) {
            return false;
        }
        boolean isLast =
                pods.subMap(ordinal + 1, Math.max(ordinal + 1, spec.replicas())).values().stream()
                        .noneMatch(after -> after.isAlive() && !after.image().equals(spec.image()));
        int away = 0;
        for (int i = 0; i < spec.replicas(); i++) {
            PodView other = pods.get(i);
            away += i != ordinal && (other == null || !other.serves()) ? 1 : 0;
        }
        return isLast && (!pod.ready() || away < spec.unavailable());
    }

    int count(Predicate<PodView> which) {
        return (int) pods.values().stream().filter(which).count();
    }
}
