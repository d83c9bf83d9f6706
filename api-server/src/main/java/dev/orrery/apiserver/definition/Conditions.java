package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Conditions in an object's status. */
public final class Conditions {

    private static final String CONDITIONS = "conditions";
    private static final String CHANGED = "lastTransitionTime";

    private Conditions() {}

    public static boolean isTrue(JsonNode object, String type) {
        for (JsonNode condition : object.path("status").path(CONDITIONS)) {
            if (condition.path("type").asText("").equals(type)) {
                return condition.path("status").asText("").equals("True");
            }
        }
        return false;
    }

    /** Changes the object. The time is that of the last change of the condition's status. */
    public static void set(
            ObjectNode object,
            String type,
            String status,
            String reason,
            String message,
            Instant now) {
        ArrayNode conditions = object.withObjectProperty("status").withArrayProperty(CONDITIONS);
        ObjectNode condition = null;
        for (JsonNode one : conditions) {
            condition = one.path("type").asText("").equals(type) ? (ObjectNode) one : condition;
        }
        if (condition == null) {
            condition = conditions.addObject().put("type", type);
        }
        if (!condition.path("status").asText("").equals(status)) {
            condition.put(CHANGED, now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        condition.put("status", status).put("reason", reason).put("message", message);
    }
}
