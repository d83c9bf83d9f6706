package dev.orrery.apiserver.hook;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a definition has its objects converted: by a webhook. Immutable.
 *
 * @param identity another one wherever the definition says anything else
 * @param reviewVersion the first that it lists and that is spoken here; empty where there is none
 */
public record HookConversion(String identity, ClientConfig client, String reviewVersion) {

    /**
     * @param definition a CustomResourceDefinition with strategy Webhook
     */
    public static HookConversion of(JsonNode definition) {
        JsonNode webhook = definition.at("/spec/conversion/webhook");
        String spoken = "";
        for (JsonNode version : webhook.path("conversionReviewVersions")) {
            String name = version.asText("");
            if (spoken.isEmpty() && (name.equals("v1") || name.equals("v1beta1"))) {
                spoken = name;
            }
        }
        JsonNode metadata = definition.path("metadata");
        return new HookConversion(
                metadata.path("uid").asText("") + "/" + metadata.path("generation").asText(""),
                ClientConfig.of(webhook.path("clientConfig")),
                spoken);
    }
}
