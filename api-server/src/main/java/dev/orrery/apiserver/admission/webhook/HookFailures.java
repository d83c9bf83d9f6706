package dev.orrery.apiserver.admission.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Cause;
import dev.orrery.apiserver.status.StatusException.Details;
import java.util.ArrayList;
import java.util.List;

/** What a client is told where a webhook denies a request, or does not answer. */
final class HookFailures {

    private static final int LEAST_CODE = 400;

    private HookFailures() {}

    static StatusException unanswered(Webhook webhook, String why) {
        return Refusals.internal("failed calling webhook \"" + webhook.name() + "\": " + why);
    }

    static StatusException noDryRun(Webhook webhook) {
        return Refusals.badRequest(
                "admission webhook \"" + webhook.name() + "\" does not support dry run");
    }

    /**
     * @param status of the answer; missing where it gives none
     */
    static StatusException denied(Webhook webhook, JsonNode status) {
        String by = "admission webhook \"" + webhook.name() + "\" denied the request";
        String message = status.path("message").asText("");
        String reason = status.path("reason").asText("");
        String told = message.isEmpty() ? reason : message;
        return new StatusException(
                Math.max(status.path("code").asInt(), LEAST_CODE),
                reason,
                told.isEmpty() ? by + " without explanation" : by + ": " + told,
                details(status.path("details")));
    }

    private static Details details(JsonNode details) {
        if (!details.isObject()) {
            return Details.NONE;
        }
        List<Cause> causes = new ArrayList<>();
        for (JsonNode cause : details.path("causes")) {
            causes.add(
                    new Cause(
                            cause.path("reason").asText(""),
                            cause.path("message").asText(""),
                            cause.path("field").asText("")));
        }
        return new Details(
                details.path("name").asText(""),
                details.path("group").asText(""),
                details.path("kind").asText(""),
                details.path("uid").asText(""),
                causes,
                details.path("retryAfterSeconds").asInt(0),
                "");
    }
}
