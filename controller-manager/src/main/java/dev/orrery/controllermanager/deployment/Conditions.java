package dev.orrery.controllermanager.deployment;

import dev.orrery.controllermanager.time.Timestamps;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Deployment's conditions; immutable. */
record Conditions(List<DeploymentCondition> list) {

    static final String AVAILABLE = "Available";
    static final String PROGRESSING = "Progressing";
    static final String REPLICA_FAILURE = "ReplicaFailure";

    Conditions {
        list = List.copyOf(list);
    }

    static Conditions of(Deployment deployment) {
        return deployment.getStatus() == null || deployment.getStatus().getConditions() == null
                ? new Conditions(List.of())
                : new Conditions(deployment.getStatus().getConditions());
    }

    static DeploymentCondition condition(
            String type, String status, String reason, String message, Instant now) {
        String time = Timestamps.format(now);
        return new DeploymentConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastUpdateTime(time)
                .withLastTransitionTime(time)
                .build();
    }

    @Nullable DeploymentCondition get(String type) {
        for (DeploymentCondition condition : list) {
            if (condition.getType().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /** The reason of the condition of that type; empty if there is none. */
    String reason(String type) {
        DeploymentCondition condition = get(type);
        return condition == null || condition.getReason() == null ? "" : condition.getReason();
    }

    /** With the condition, unless one of the same status and reason is there already. */
    Conditions with(DeploymentCondition condition) {
        DeploymentCondition current = get(condition.getType());
        if (current != null
                && current.getStatus().equals(condition.getStatus())
                && reason(condition.getType()).equals(condition.getReason())) {
            return this;
        }
        return replaced(condition);
    }

    /** With the condition, even if only its times differ. */
    Conditions replaced(DeploymentCondition condition) {
        DeploymentCondition current = get(condition.getType());
        boolean sameStatus = current != null && current.getStatus().equals(condition.getStatus());
        DeploymentCondition kept =
                current != null && sameStatus
                        ? new DeploymentConditionBuilder(condition)
                                .withLastTransitionTime(current.getLastTransitionTime())
                                .build()
                        : condition;
        List<DeploymentCondition> next = new ArrayList<>(without(condition.getType()).list());
        next.add(kept);
        return new Conditions(next);
    }

    Conditions without(String type) {
        return new Conditions(
                list.stream().filter(condition -> !condition.getType().equals(type)).toList());
    }
}
