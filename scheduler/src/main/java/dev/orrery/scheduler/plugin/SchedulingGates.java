package dev.orrery.scheduler.plugin;

import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.ClusterEvent;
import dev.orrery.scheduler.framework.PreEnqueue;
import dev.orrery.scheduler.framework.Status;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import java.util.List;

/** A pod is not tried until all of its scheduling gates have been taken away. */
public final class SchedulingGates implements PreEnqueue {

    @Override
    public Status preEnqueue(PodInfo pod) {
        List<PodSchedulingGate> gates = pod.pod().getSpec().getSchedulingGates();
        if (gates.isEmpty()) {
            return Status.SUCCESS;
        }
        List<String> names = gates.stream().map(PodSchedulingGate::getName).toList();
        return Status.unresolvable(
                this, "waiting for scheduling gates: [" + String.join(" ", names) + "]");
    }

    @Override
    public boolean mayHelp(PodInfo pod, ClusterEvent event) {
        return event instanceof ClusterEvent.PodChanged;
    }
}
