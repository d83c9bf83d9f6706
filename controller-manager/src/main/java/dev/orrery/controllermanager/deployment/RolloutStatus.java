package dev.orrery.controllermanager.deployment;

import static dev.orrery.controllermanager.deployment.Conditions.AVAILABLE;
import static dev.orrery.controllermanager.deployment.Conditions.REPLICA_FAILURE;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The numbers and conditions that a rollout gives its Deployment. */
final class RolloutStatus {

    private RolloutStatus() {}

    /** The numbers alone; zeros are left out, as Kubernetes does. */
    static DeploymentStatus counted(Rollout rollout) {
        Deployment deployment = rollout.deployment();
        List<ReplicaSet> all = rollout.allSets();
        List<ReplicaSet> updated = rollout.newSet() == null ? List.of() : List.of(rollout.newSet());
        int available = Rollout.sum(all, Rollout::available);
        int unavailable = Math.max(0, Rollout.sum(all, Rollout::wanted) - available);
        return new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(positive(all, Rollout::actual))
                .withUpdatedReplicas(positive(updated, Rollout::actual))
                .withReadyReplicas(positive(all, Rollout::ready))
                .withAvailableReplicas(available == 0 ? null : available)
                .withUnavailableReplicas(unavailable == 0 ? null : unavailable)
                .withTerminatingReplicas(terminating(all))
                .withCollisionCount(
                        deployment.getStatus() == null
                                ? null
                                : deployment.getStatus().getCollisionCount())
                .build();
    }

    /** Whether enough pods are available, by the numbers of the new status. */
    static Conditions withAvailability(
            Rollout rollout, DeploymentStatus status, Conditions conditions, Instant now) {
        int needed = rollout.replicas() - Bounds.of(rollout.deployment()).maxUnavailable();
        Integer available = status.getAvailableReplicas();
        if ((available == null ? 0 : available) >= needed) {
            return conditions.with(
                    Conditions.condition(
                            AVAILABLE,
                            "True",
                            "MinimumReplicasAvailable",
                            "Deployment has minimum availability.",
                            now));
        }
        return conditions.with(
                Conditions.condition(
                        AVAILABLE,
                        "False",
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.",
                        now));
    }

    /** Takes over why a set cannot make its pods: the new set's reason before the old ones'. */
    static Conditions withReplicaFailure(Rollout rollout, Conditions conditions) {
        return rollout.allSets().reversed().stream()
                .flatMap(set -> failure(set).stream())
                .findFirst()
                .map(conditions::with)
                .orElseGet(() -> conditions.without(REPLICA_FAILURE));
    }

    private static Optional<DeploymentCondition> failure(ReplicaSet set) {
        if (set.getStatus() == null || set.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return set.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(REPLICA_FAILURE))
                .findFirst()
                .map(RolloutStatus::ofDeployment);
    }

    private static DeploymentCondition ofDeployment(ReplicaSetCondition condition) {
        return new DeploymentConditionBuilder()
                .withType(condition.getType())
                .withStatus(condition.getStatus())
                .withReason(condition.getReason())
                .withMessage(condition.getMessage())
                .withLastTransitionTime(condition.getLastTransitionTime())
                .withLastUpdateTime(condition.getLastTransitionTime())
                .build();
    }

    private static @Nullable Integer positive(
            List<ReplicaSet> sets, ToIntFunction<ReplicaSet> count) {
        int sum = Rollout.sum(sets, count);
        return sum == 0 ? null : sum;
    }

    /** Unknown as long as one set does not know it. */
    private static @Nullable Integer terminating(List<ReplicaSet> sets) {
        int sum = 0;
        for (ReplicaSet set : sets) {
            Integer own = set.getStatus() == null ? null : set.getStatus().getTerminatingReplicas();
            if (own == null) {
                return null;
            }
            sum += own;
        }
        return sum;
    }
}
