package dev.orrery.controllermanager.podautoscaler;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The scale of what is autoscaled, as it was read. */
record Scale(ObjectNode object) {

    int replicas() {
        return object.path("spec").path("replicas").asInt();
    }

    /** As in a query; empty where the target does not say. */
    String selector() {
        return object.path("status").path("selector").asText("");
    }

    Scale withReplicas(int replicas) {
        ObjectNode changed = object.deepCopy();
        changed.withObject("/spec").put("replicas", replicas);
        return new Scale(changed);
    }
}
