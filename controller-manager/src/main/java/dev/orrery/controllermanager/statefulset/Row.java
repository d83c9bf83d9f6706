package dev.orrery.controllermanager.statefulset;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set's pods by their places, at one moment.
 *
 * @param currentRevision what the set ran before its last change
 * @param updateRevision what it is to run
 * @param pods those in the row and those beyond it
 */
record Row(
        StatefulSet set,
        String currentRevision,
        String updateRevision,
        SortedMap<Integer, Pod> pods,
        Instant now) {

    static final String REVISION_LABEL = "controller-revision-hash";

    static Row of(
            StatefulSet set,
            String currentRevision,
            String updateRevision,
            Collection<Pod> pods,
            Instant now) {
        SortedMap<Integer, Pod> places = new TreeMap<>();
        for (Pod pod : pods) {
            int ordinal = Ordinals.of(set, pod);
            if (ordinal != Ordinals.NONE) {
                places.put(ordinal, pod);
            }
        }
        return new Row(set, currentRevision, updateRevision, places, now);
    }

    Strategy strategy() {
        return new Strategy(set);
    }

    Ordinals ordinals() {
        return Ordinals.of(set);
    }

    @Nullable Pod at(int ordinal) {
        return pods.get(ordinal);
    }

    /** Pods that are one too many, the last first. */
    List<Pod> condemned() {
        List<Pod> beyond = new ArrayList<>();
        pods.forEach((ordinal, pod) -> {
            if (!ordinals().contains(ordinal)) {
                beyond.add(pod);
            }
        });
        return beyond.reversed();
    }

    /** The revision that a pod made now at the place is to have. */
    String revisionFor(int ordinal) {
        return strategy().isRolling() && ordinal < ordinals().start() + strategy().partition()
                ? currentRevision
                : updateRevision;
    }

    boolean isUpdated(Pod pod) {
        return updateRevision.equals(revision(pod));
    }

    static @Nullable String revision(Pod pod) {
        return pod.getMetadata().getLabels() == null
                ? null
                : pod.getMetadata().getLabels().get(REVISION_LABEL);
    }

    static boolean isReady(Pod pod) {
        return Pods.phase(pod).equals("Running") && Pods.isReady(pod);
    }

    boolean isAvailable(Pod pod) {
        return isReady(pod) && Pods.isAvailable(pod, strategy().minReadySeconds(), now);
    }

    /** Serves, and is going to. */
    static boolean isHealthy(@Nullable Pod pod) {
        return pod != null && isReady(pod) && !Owners.isBeingDeleted(pod);
    }
}
