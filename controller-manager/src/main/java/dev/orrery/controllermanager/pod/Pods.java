package dev.orrery.controllermanager.pod;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.informer.Index;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Facts about a pod, as all workload controllers see them. */
public final class Pods {

    /** Pods that nobody controls, by namespace. */
    public static final Index<Pod> ORPHANS = new Index<>("orphans", Owners::namespaceOfOrphan);

    /** Pods by the node that they are bound to. */
    public static final Index<Pod> BY_NODE = new Index<>("node", Pods::nodes);

    private Pods() {}

    /** Counts towards what its controller wants: it has not ended and is not on its way out. */
    public static boolean isActive(Pod pod) {
        return !isEnded(pod) && !Owners.isBeingDeleted(pod);
    }

    /** On its way out, with containers that may still run. */
    public static boolean isTerminating(Pod pod) {
        return !isEnded(pod) && Owners.isBeingDeleted(pod);
    }

    /** All its containers have ended and none will start again. */
    public static boolean isEnded(Pod pod) {
        return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
    }

    public static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? ""
                : pod.getStatus().getPhase();
    }

    /** The node that it is bound to; empty if none. */
    public static String nodeName(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null ? "" : node;
    }

    public static boolean isReady(Pod pod) {
        PodCondition ready = condition(pod, "Ready");
        return ready != null && ready.getStatus().equals("True");
    }

    /** When it last became ready or unready; the epoch where that is not known. */
    public static Instant readySince(Pod pod) {
        PodCondition ready = condition(pod, "Ready");
        return ready == null ? Instant.EPOCH : Timestamps.parse(ready.getLastTransitionTime());
    }

    /** Ready, and has been for so long. */
    public static boolean isAvailable(Pod pod, int minReadySeconds, Instant now) {
        if (!isReady(pod)) {
            return false;
        }
        Instant since = readySince(pod);
        return minReadySeconds == 0
                || (since.isAfter(Instant.EPOCH)
                        && !since.plusSeconds(minReadySeconds).isAfter(now));
    }

    /** How long until the next of the pods turns from ready to available by mere waiting. */
    public static Optional<Duration> untilNextAvailable(
            Collection<Pod> pods, int minReadySeconds, Instant now) {
        return pods.stream()
                .filter(Pods::isReady)
                .filter(pod -> !isAvailable(pod, minReadySeconds, now))
                .map(pod -> Duration.between(now, readySince(pod).plusSeconds(minReadySeconds)))
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }

    public static @Nullable PodCondition condition(Pod pod, String type) {
        if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
            return null;
        }
        for (PodCondition condition : pod.getStatus().getConditions()) {
            if (condition.getType().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    private static Collection<String> nodes(Pod pod) {
        String node = nodeName(pod);
        return node.isEmpty() ? List.of() : List.of(node);
    }
}
