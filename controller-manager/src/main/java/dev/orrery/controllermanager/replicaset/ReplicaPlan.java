package dev.orrery.controllermanager.replicaset;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What is to be done so that a ReplicaSet has as many pods as it wants. */
public sealed interface ReplicaPlan {

    /** The most pods that one reconcile creates or deletes, so that no set holds up the others. */
    int BURST = 500;

    /** Pods are missing. */
    record Create(int count) implements ReplicaPlan {}

    /** Pods are too many; these are to go. */
    record Delete(List<Pod> pods) implements ReplicaPlan {
        public Delete {
            pods = List.copyOf(pods);
        }
    }

    /** There are as many as there should be. */
    record Keep() implements ReplicaPlan {}

    /**
     * @param active the set's pods that count: neither ended nor on their way out
     * @param siblings pods that should be spread over nodes together with the set's
     */
    static ReplicaPlan of(ReplicaSet set, List<Pod> active, Collection<Pod> siblings, Instant now) {
        int surplus = active.size() - set.getSpec().getReplicas();
        if (surplus == 0 || set.getMetadata().getDeletionTimestamp() != null) {
            return new Keep();
        }
        if (surplus < 0) {
            return new Create(Math.min(-surplus, BURST));
        }
        return new Delete(
                active.stream()
                        .sorted(new SurplusOrder(siblings, now))
                        .limit(Math.min(surplus, BURST))
                        .toList());
    }
}
