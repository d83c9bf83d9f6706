package dev.orrery.kubelet.life;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a pod is from the resources that its spec asks for.
 *
 * @param pending why it cannot have them now; null: nothing is in the way
 * @param underWay what it was given and has not begun to use; null: nothing
 */
public record Resize(@Nullable Pending pending, @Nullable UnderWay underWay) {

    public static final Resize NONE = new Resize(null, null);

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

    public Resize withPending(@Nullable Pending why) {
        return new Resize(why, underWay);
    }

    public Resize withUnderWay(@Nullable UnderWay what) {
        return new Resize(pending, what);
    }
}
