package dev.orrery.controllermanager.daemonset;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.quantity.Share;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetUpdateStrategy;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDaemonSet;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set's pods by their nodes, at one moment.
 *
 * @param hash of the template as it is now
 * @param fits what each node that exists is to the set
 * @param pods of each node that has any, the one that counts first; nodes that are gone too
 */
record Daemons(
        DaemonSet set,
        String hash,
        SortedMap<String, Placement.Fit> fits,
        SortedMap<String, List<Pod>> pods,
        Instant now) {

    private static final Comparator<Pod> BOUND_AND_OLDEST_FIRST =
            Comparator.<Pod, Boolean>comparing(pod -> Pods.nodeName(pod).isEmpty())
                    .thenComparing(pod -> pod.getMetadata().getCreationTimestamp())
                    .thenComparing(pod -> pod.getMetadata().getName());

    static Daemons of(
            DaemonSet set, String hash, Collection<Node> nodes, Collection<Pod> held, Instant now) {
        Placement placement = Placement.of(set);
        SortedMap<String, Placement.Fit> fits = new TreeMap<>();
        nodes.forEach(node -> fits.put(node.getMetadata().getName(), placement.of(node)));
        Map<String, List<Pod>> pods =
                held.stream()
                        .sorted(BOUND_AND_OLDEST_FIRST)
                        .collect(Collectors.groupingBy(DaemonPodStamp::node));
        return new Daemons(set, hash, fits, new TreeMap<>(pods), now);
    }

    List<Pod> on(String node) {
        return pods.getOrDefault(node, List.of());
    }

    /** How many nodes are to run a pod. */
    int wanted() {
        return (int) fits.values().stream().filter(fit -> fit == Placement.Fit.RUNS).count();
    }

    boolean isRolling() {
        DaemonSetUpdateStrategy strategy = set.getSpec().getUpdateStrategy();
        return strategy == null || !"OnDelete".equals(strategy.getType());
    }

    /** Pods that an update may add to nodes that have one. */
    int maxSurge() {
        RollingUpdateDaemonSet rolling = rolling();
        return rolling == null ? 0 : Share.roundedUp(rolling.getMaxSurge(), wanted());
    }

    /** Nodes that an update may leave without an available pod; 1 where nothing else could move. */
    int maxUnavailable() {
        RollingUpdateDaemonSet rolling = rolling();
        IntOrString share = rolling == null ? null : rolling.getMaxUnavailable();
        int count = share == null ? 1 : Share.roundedUp(share, wanted());
        return count == 0 && maxSurge() == 0 ? 1 : count;
    }

    boolean allowsSurge() {
        return isRolling() && maxSurge() > 0;
    }

    int minReadySeconds() {
        Integer seconds = set.getSpec().getMinReadySeconds();
        return seconds == null ? 0 : seconds;
    }

    boolean isAvailable(Pod pod) {
        return Pods.isAvailable(pod, minReadySeconds(), now);
    }

    boolean isUpdated(Pod pod) {
        return hash.equals(pod.getMetadata().getLabels().get(DaemonPodStamp.HASH_LABEL));
    }

    static List<Pod> staying(List<Pod> pods) {
        return pods.stream().filter(pod -> !Owners.isBeingDeleted(pod)).toList();
    }

    private @Nullable RollingUpdateDaemonSet rolling() {
        DaemonSetUpdateStrategy strategy = set.getSpec().getUpdateStrategy();
        return isRolling() && strategy != null ? strategy.getRollingUpdate() : null;
    }
}
