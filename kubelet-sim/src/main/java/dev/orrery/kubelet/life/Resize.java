package dev.orrery.kubelet.life;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a pod is from the resources that its spec asks for.
 *
 * @param pending why it cannot have them now; null: nothing is in the way
 * @param underWay what it was given and has not begun to use; null: nothing
 * @param failed why it does not begin to use what it was given; null: nothing is in the way
 */
public record Resize(
        @Nullable Pending pending, @Nullable UnderWay underWay, @Nullable Failed failed) {

    public static final Resize NONE = new Resize(null, null, null);

    public static final String INFEASIBLE = "Infeasible";
    public static final String DEFERRED = "Deferred";

    /**
     * @param reason {@link #INFEASIBLE} or {@link #DEFERRED}
     * @param generation of the pod that asks
     */
    public record Pending(String reason, String message, long generation) {}

    /**
     * @param generation of the pod that was given them
     * @param restarting containers that take them by a restart, with the ids of their runs before
     */
    public record UnderWay(long generation, Map<String, String> restarting) {
        public UnderWay {
            restarting = Map.copyOf(restarting);
        }
    }

    /**
     * @param generation of the pod that was given them
     * @param allocated what its containers were given, by name: their requests
     */
    public record Failed(
            String message, long generation, Map<String, Map<String, Quantity>> allocated) {
        public Failed {
            allocated = Map.copyOf(allocated);
        }
    }

    public Resize withPending(@Nullable Pending why) {
        return new Resize(why, underWay, failed);
    }

    public Resize withUnderWay(@Nullable UnderWay what) {
        return new Resize(pending, what, failed);
    }

    public Resize withFailed(@Nullable Failed why) {
        return new Resize(pending, underWay, why);
    }
}
