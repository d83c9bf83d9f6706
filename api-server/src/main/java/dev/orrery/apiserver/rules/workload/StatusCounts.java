package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import java.util.List;

/** The counts in a workload's status: none below zero, no part greater than the whole. */
final class StatusCounts {

    private StatusCounts() {}

    /**
     * @param parts of {@code replicas}
     */
    static void validate(ObjectNode object, List<String> parts, FieldErrors errors) {
        Field status = Field.of(object, errors).get("status");
        status.get("observedGeneration").notNegative();
        status.get("collisionCount").notNegative();
        status.get("replicas").notNegative();
        long replicas = status.get("replicas").number(0);
        for (String part : parts) {
            status.get(part).notNegative();
            if (status.get(part).number(0) > replicas) {
                status.get(part).invalid("cannot be greater than status.replicas");
            }
        }
        Field available = status.get("availableReplicas");
        if (parts.contains("readyReplicas")
                && available.number(0) > status.get("readyReplicas").number(0)) {
            available.invalid("cannot be greater than readyReplicas");
        }
    }

    static void notDecremented(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field count = Field.of(object, errors).get("status", "collisionCount");
        if (count.number(0) < old.path("status").path("collisionCount").asLong()) {
            count.invalid(count.number(0), "cannot be decremented");
        }
    }
}
