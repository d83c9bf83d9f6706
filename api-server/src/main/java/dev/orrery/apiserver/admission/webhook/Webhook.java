package dev.orrery.apiserver.admission.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.admission.matching.MatchConditions;
import dev.orrery.apiserver.admission.matching.MatchCriteria;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import dev.orrery.apiserver.hook.ClientConfig;
import java.time.Duration;

/**
 * One webhook of a configuration. Immutable.
 *
 * @param key its own among all webhooks
 * @param failsOpen what it does not answer is let through
 * @param dryRun whether it may be asked about what is not to happen
 * @param again asked a second time where something changed the object after it
 * @param reviewed whether it understands a version of AdmissionReview that is spoken here
 */
record Webhook(
        String name,
        String key,
        MatchCriteria criteria,
        MatchConditions conditions,
        ClientConfig client,
        boolean failsOpen,
        boolean dryRun,
        boolean again,
        boolean reviewed,
        Duration timeout) {

    private static final int DEFAULT_SECONDS = 10;

    static Webhook of(JsonNode webhook, String configuration) {
        String name = webhook.path("name").asText();
        String sideEffects = webhook.path("sideEffects").asText();
        boolean v1 = false;
        for (JsonNode version : webhook.path("admissionReviewVersions")) {
            v1 |= version.asText().equals("v1");
        }
        return new Webhook(
                name,
                configuration + "/" + name,
                MatchCriteria.ofWebhook(webhook),
                MatchConditions.of(webhook.path("matchConditions"), new PolicyEnvironment(false)),
                ClientConfig.of(webhook.path("clientConfig")),
                webhook.path("failurePolicy").asText().equals("Ignore"),
                sideEffects.equals("None") || sideEffects.equals("NoneOnDryRun"),
                webhook.path("reinvocationPolicy").asText().equals("IfNeeded"),
                v1,
                Duration.ofSeconds(webhook.path("timeoutSeconds").asInt(DEFAULT_SECONDS)));
    }
}
