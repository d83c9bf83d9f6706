package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The end of a definition: first its objects go, then it may go itself. */
public final class Removal {

    private static final String TERMINATING = "Terminating";

    private Removal() {}

    /** Somebody wants it deleted. Changes the definition. */
    public static void begin(ObjectNode definition, Instant now) {
        ObjectNode metadata = definition.withObjectProperty("metadata");
        metadata.put("deletionTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        ArrayNode finalizers = metadata.withArrayProperty("finalizers");
        boolean has = false;
        for (JsonNode finalizer : finalizers) {
            has |= finalizer.asText().equals(Definition.CLEANUP);
        }
        if (!has) {
            finalizers.add(Definition.CLEANUP);
        }
        Conditions.set(
                definition,
                TERMINATING,
                "True",
                "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin"
                        + " soon",
                now);
    }

    /** Its objects are being deleted. Changes the definition. */
    public static void proceed(ObjectNode definition, Instant now) {
        Conditions.set(
                definition,
                TERMINATING,
                "True",
                "InstanceDeletionInProgress",
                "CustomResource deletion is in progress",
                now);
    }

    /** None of its objects is left. Changes the definition. */
    public static void finish(ObjectNode definition, Instant now) {
        boolean established = Definition.of(definition).isEstablished();
        Conditions.set(
                definition,
                TERMINATING,
                "False",
                established ? "InstanceDeletionCompleted" : "NeverEstablished",
                established ? "removed all instances" : "resource was never established",
                now);
        ObjectNode metadata = definition.withObjectProperty("metadata");
        ArrayNode finalizers = metadata.withArrayProperty("finalizers");
        for (int i = finalizers.size() - 1; i >= 0; i--) {
            if (finalizers.get(i).asText().equals(Definition.CLEANUP)) {
                finalizers.remove(i);
            }
        }
        if (finalizers.isEmpty()) {
            metadata.remove("finalizers");
        }
    }
}
