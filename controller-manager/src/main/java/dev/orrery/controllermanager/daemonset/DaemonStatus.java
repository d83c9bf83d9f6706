package dev.orrery.controllermanager.daemonset;

import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetCondition;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatusBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The status that a set deserves. Of several pods on a node the oldest is the one that counts. */
final class DaemonStatus {

    private DaemonStatus() {}

    static DaemonSetStatus of(Daemons daemons, int collisions) {
        List<Pod> counting = new ArrayList<>();
        int misplaced = 0;
        for (var entry : daemons.fits().entrySet()) {
            List<Pod> pods = daemons.on(entry.getKey());
            if (pods.isEmpty()) {
                continue;
            }
            if (entry.getValue() == Placement.Fit.RUNS) {
                counting.add(pods.getFirst());
            } else {
                misplaced++;
            }
        }
        int wanted = daemons.wanted();
        int available = count(counting, pod -> Pods.isReady(pod) && daemons.isAvailable(pod));
        return new DaemonSetStatusBuilder()
                .withObservedGeneration(daemons.set().getMetadata().getGeneration())
                .withDesiredNumberScheduled(wanted)
                .withCurrentNumberScheduled(counting.size())
                .withNumberMisscheduled(misplaced)
                .withNumberReady(count(counting, Pods::isReady))
                .withUpdatedNumberScheduled(orNone(count(counting, daemons::isUpdated)))
                .withNumberAvailable(orNone(available))
                .withNumberUnavailable(orNone(wanted - available))
                .withCollisionCount(collisions == 0 ? null : (Integer) collisions)
                .withConditions(conditions(daemons.set()))
                .build();
    }

    /** What others say of the set: the controller has no conditions of its own. */
    private static List<DaemonSetCondition> conditions(DaemonSet set) {
        return set.getStatus() == null ? List.of() : set.getStatus().getConditions();
    }

    private static int count(List<Pod> pods, Predicate<Pod> which) {
        return (int) pods.stream().filter(which).count();
    }

    /** Kubernetes leaves these zeros out. */
    private static @Nullable Integer orNone(int count) {
        return count == 0 ? null : (Integer) count;
    }
}
