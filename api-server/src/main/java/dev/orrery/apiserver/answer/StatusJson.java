package dev.orrery.apiserver.answer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Cause;
import dev.orrery.apiserver.status.StatusException.Details;

/** Kubernetes' Status objects. */
public final class StatusJson {

    private StatusJson() {}

    public static ObjectNode failure(StatusException refusal) {
        ObjectNode status = status("Failure");
        Details details = refusal.details();
        if (!details.continueToken().isEmpty()) {
            status.withObjectProperty("metadata").put("continue", details.continueToken());
        }
        status.put("message", refusal.message());
        if (!refusal.reason().isEmpty()) {
            status.put("reason", refusal.reason());
        }
        ObjectNode shown = details(details);
        if (!shown.isEmpty()) {
            status.set("details", shown);
        }
        return status.put("code", refusal.code());
    }

    /** Of something that was done, where there is no object to show. */
    public static ObjectNode success(Details details) {
        ObjectNode status = status("Success");
        ObjectNode shown = details(details);
        if (!shown.isEmpty()) {
            status.set("details", shown);
        }
        return status;
    }

    private static ObjectNode status(String status) {
        ObjectNode object = Trees.object();
        object.put("kind", "Status").put("apiVersion", "v1");
        object.putObject("metadata");
        return object.put("status", status);
    }

    private static ObjectNode details(Details details) {
        ObjectNode shown = Trees.object();
        put(shown, "name", details.name());
        put(shown, "group", details.group());
        put(shown, "kind", details.kind());
        put(shown, "uid", details.uid());
        if (!details.causes().isEmpty()) {
            ArrayNode causes = shown.putArray("causes");
            for (Cause cause : details.causes()) {
                ObjectNode one = causes.addObject();
                put(one, "reason", cause.reason());
                put(one, "message", cause.message());
                put(one, "field", cause.field());
            }
        }
        if (details.retryAfterSeconds() > 0) {
            shown.put("retryAfterSeconds", details.retryAfterSeconds());
        }
        return shown;
    }

    private static void put(ObjectNode object, String field, String value) {
        if (!value.isEmpty()) {
            object.put(field, value);
        }
    }
}
