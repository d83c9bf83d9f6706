package dev.orrery.apiserver.rules.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of MutatingWebhookConfiguration and ValidatingWebhookConfiguration.
 *
 * @param mutating whether its webhooks may be asked again
 */
public record WebhookRules(boolean mutating) implements Rules {

    private static final int DEFAULT_SECONDS = 10;
    private static final int MAX_SECONDS = 30;
    private static final int HTTPS = 443;
    private static final List<String> SIDE_EFFECTS = List.of("None", "NoneOnDryRun");
    private static final List<String> REVIEWS = List.of("v1", "v1beta1");

    @Override
    public void setDefaults(ObjectNode object) {
        for (ObjectNode webhook : Defaults.objects(object, "webhooks")) {
            Defaults.text(webhook, "failurePolicy", "Fail");
            MatchRules.setDefaults(webhook, "rules");
            if (!webhook.hasNonNull("timeoutSeconds")) {
                webhook.put("timeoutSeconds", DEFAULT_SECONDS);
            }
            if (mutating) {
                Defaults.text(webhook, "reinvocationPolicy", "Never");
            }
            if (webhook.path("clientConfig").path("service") instanceof ObjectNode service
                    && !service.hasNonNull("port")) {
                service.put("port", HTTPS);
            }
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (Field webhook : Field.of(object, errors).get("webhooks").items()) {
            Field name = webhook.get("name");
            validateName(name);
            validate(webhook);
            validateReviews(webhook.get("admissionReviewVersions"));
            if (!name.isEmpty() && !names.add(name.text())) {
                name.duplicate(name.text());
            }
        }
    }

    private static void validateName(Field name) {
        if (!name.require("")) {
            return;
        }
        List<String> faults = Names.dnsSubdomain(name.text());
        name.invalid(faults);
        if (faults.isEmpty() && name.text().split("\\.").length < 3) {
            name.invalid("should be a domain with at least three segments separated by dots");
        }
    }

    private void validate(Field webhook) {
        webhook.get("rules").items().forEach(MatchRules::validateRule);
        webhook.get("failurePolicy").oneOf(MatchRules.FAILURE_POLICIES);
        webhook.get("matchPolicy").oneOf(MatchRules.MATCH_POLICIES);
        Field sideEffects = webhook.get("sideEffects");
        if (sideEffects.require("must specify one of " + String.join(", ", SIDE_EFFECTS))) {
            sideEffects.oneOf(SIDE_EFFECTS);
        }
        long seconds = webhook.get("timeoutSeconds").number(DEFAULT_SECONDS);
        if (seconds < 1 || seconds > MAX_SECONDS) {
            webhook.get("timeoutSeconds")
                    .invalid("the timeout value must be between 1 and 30 seconds");
        }
        Labels.validateSelector(webhook.get("namespaceSelector"));
        Labels.validateSelector(webhook.get("objectSelector"));
        if (mutating) {
            webhook.get("reinvocationPolicy").oneOf(MutatingPolicyRules.REINVOCATION);
        }
        ClientConfigRules.validate(webhook.get("clientConfig"));
        ExpressionRules.validateConditions(webhook.get("matchConditions"), false);
    }

    private static void validateReviews(Field versions) {
        if (versions.isEmpty()) {
            versions.required("must specify one of " + String.join(", ", REVIEWS));
            return;
        }
        Set<String> seen = new HashSet<>();
        boolean known = false;
        for (Field version : versions.items()) {
            if (!seen.add(version.text())) {
                version.invalid("duplicate version");
            } else {
                version.invalid(Names.dns1035Label(version.text()));
            }
            known |= REVIEWS.contains(version.text());
        }
        if (!known) {
            versions.invalid("must include at least one of " + String.join(", ", REVIEWS));
        }
    }
}
