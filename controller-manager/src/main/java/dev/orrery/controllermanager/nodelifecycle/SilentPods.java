package dev.orrery.controllermanager.nodelifecycle;

import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.time.Timestamps;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;

/** The pods of nodes that have fallen silent: nobody may count on them any more. */
final class SilentPods {

    private final Informer<Pod> pods;
    private final StoreClient store;
    private final EventRecorder events;

    SilentPods(Surroundings surroundings, EventRecorder events) {
        this.pods = surroundings.informers().of(Pod.class);
        this.store = surroundings.store();
        this.events = events;
    }

    /** Does nothing to pods that are not ready. */
    void markUnready(String node, Instant now) {
        for (Pod pod : pods.byIndex(Pods.BY_NODE, node)) {
            if (Pods.isReady(pod)) {
                markUnready(pod, now);
            }
        }
    }

    /** A pod that changed in between is seen to the next time. */
    private void markUnready(Pod pod, Instant now) {
        try {
            store.updateStatus(unready(pod, now));
            events.warning(pod, "NodeNotReady", "Node is not ready");
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }

    private static Pod unready(Pod pod, Instant now) {
        Pod copy = new PodBuilder(pod).build();
        PodCondition ready = Pods.condition(copy, "Ready");
        if (ready != null) {
            ready.setStatus("False");
            ready.setLastTransitionTime(Timestamps.format(now));
        }
        return copy;
    }
}
