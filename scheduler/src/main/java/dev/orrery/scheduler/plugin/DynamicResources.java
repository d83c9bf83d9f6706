package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.CycleState;
import dev.orrery.scheduler.framework.Diagnosis;
import dev.orrery.scheduler.framework.Framework;
import dev.orrery.scheduler.framework.PostFilter;
import dev.orrery.scheduler.framework.PreFilter;
import dev.orrery.scheduler.framework.Status;

/**
 * Resource claims. No devices are simulated, so a pod with claims fits nowhere. Every pod that fits
 * nowhere is told that no claim can be given up for it, as Kubernetes does: where an earlier plugin
 * turned the pod away before any node was tried, this one knows nothing of it, and says that.
 */
public final class DynamicResources implements PreFilter, PostFilter {

    private record Seen() implements CycleState.Memory {

        @Override
        public Seen copy() {
            return this;
        }
    }

    @Override
    public Status preFilter(CycleState state, PodInfo pod) {
        if (!pod.pod().getSpec().getResourceClaims().isEmpty()) {
            return Status.unresolvable(this, "cannot allocate all claims");
        }
        state.remember(this, new Seen());
        return Status.SUCCESS;
    }

    @Override
    public Outcome postFilter(Framework.Cycle cycle, Diagnosis diagnosis) {
        return cycle.state().recall(this, Seen.class) == null
                ? new Outcome.Failed("not found")
                : new Outcome.Helpless("no new claims to deallocate", null);
    }
}
