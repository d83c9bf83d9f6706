package dev.orrery.controllermanager.replicaset;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The status that a ReplicaSet deserves. */
final class ReplicaStatus {

    private static final String REPLICA_FAILURE = "ReplicaFailure";

    private ReplicaStatus() {}

    /**
     * @param failure why the set's pods could not be brought to their number, or null
     */
    static ReplicaSetStatus of(
            ReplicaSet set,
            List<Pod> active,
            List<Pod> terminating,
            @Nullable RuntimeException failure,
            Instant now) {
        Selector template = Selector.of(set.getSpec().getTemplate().getMetadata().getLabels());
        int minReadySeconds = minReadySeconds(set);
        return new ReplicaSetStatusBuilder()
                .withReplicas(active.size())
                .withFullyLabeledReplicas(count(active, template::matches))
                .withReadyReplicas(count(active, Pods::isReady))
                .withAvailableReplicas(
                        count(active, pod -> Pods.isAvailable(pod, minReadySeconds, now)))
                .withTerminatingReplicas(terminating.size())
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withConditions(conditions(set, active.size(), failure, now))
                .build();
    }

    static int minReadySeconds(ReplicaSet set) {
        Integer seconds = set.getSpec().getMinReadySeconds();
        return seconds == null ? 0 : seconds;
    }

    /** The number, or null for none: Kubernetes leaves zeros out of this status. */
    private static @Nullable Integer count(List<Pod> pods, Predicate<Pod> which) {
        int count = (int) pods.stream().filter(which).count();
        return count == 0 ? null : count;
    }

    private static List<ReplicaSetCondition> conditions(
            ReplicaSet set, int active, @Nullable RuntimeException failure, Instant now) {
        List<ReplicaSetCondition> conditions = new ArrayList<>();
        if (set.getStatus() != null && set.getStatus().getConditions() != null) {
            conditions.addAll(set.getStatus().getConditions());
        }
        boolean failed = conditions.stream().anyMatch(ReplicaStatus::isFailure);
        if (failure == null) {
            conditions.removeIf(ReplicaStatus::isFailure);
        } else if (!failed) {
            conditions.add(failure(set, active, failure, now));
        }
        return conditions;
    }

    private static ReplicaSetCondition failure(
            ReplicaSet set, int active, RuntimeException failure, Instant now) {
        return new ReplicaSetConditionBuilder()
                .withType(REPLICA_FAILURE)
                .withStatus("True")
                .withReason(active < set.getSpec().getReplicas() ? "FailedCreate" : "FailedDelete")
                .withMessage(failure.getMessage())
                .withLastTransitionTime(Timestamps.format(now))
                .build();
    }

    private static boolean isFailure(ReplicaSetCondition condition) {
        return condition.getType().equals(REPLICA_FAILURE);
    }
}
