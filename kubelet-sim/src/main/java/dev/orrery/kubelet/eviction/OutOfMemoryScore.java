package dev.orrery.kubelet.eviction;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/**
 * How early the kernel is to kill a container's processes when its node runs out of memory.
 *
 * <p>A burstable container that asks for a quarter of the node's memory has 1000 - 250 = 750: the
 * more it was promised, the later.
 */
public final class OutOfMemoryScore {

    private static final int GUARANTEED = -997;
    private static final int BEST_EFFORT = 1000;

    /** Between those of the other classes, whatever a container asks for. */
    private static final int LOWEST_BURSTABLE = 1000 + GUARANTEED;

    private static final int HIGHEST_BURSTABLE = BEST_EFFORT - 1;

    private static final int NODE_CRITICAL = 2_000_001_000;

    private OutOfMemoryScore() {}

    public static int of(Pod pod, Container container, long nodeMemoryBytes) {
        Integer priority = pod.getSpec().getPriority();
        if (priority != null && priority >= NODE_CRITICAL) {
            return GUARANTEED;
        }
        return switch (QosClass.of(pod)) {
            case "Guaranteed" -> GUARANTEED;
            case "BestEffort" -> BEST_EFFORT;
            default -> burstable(memory(container), nodeMemoryBytes);
        };
    }

    private static int burstable(long promised, long all) {
        long score = 1000 - (all == 0 ? 0 : 1000 * promised / all);
        return Math.clamp(score, LOWEST_BURSTABLE, HIGHEST_BURSTABLE);
    }

    private static long memory(Container container) {
        Map<String, Quantity> requests =
                container.getResources() == null ? null : container.getResources().getRequests();
        Quantity memory = requests == null ? null : requests.get("memory");
        return memory == null ? 0 : memory.getNumericalAmount().longValue();
    }
}
