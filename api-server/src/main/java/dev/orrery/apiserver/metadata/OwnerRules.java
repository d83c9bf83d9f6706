package dev.orrery.apiserver.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;

/** What is wrong with owner references. */
final class OwnerRules {

    private static final FieldPath OWNERS = FieldPath.METADATA.child("ownerReferences");

    private OwnerRules() {}

    static void validate(JsonNode owners, FieldErrors errors) {
        String controller = "";
        for (JsonNode owner : owners) {
            validateOwner(owner, errors);
            if (owner.path("controller").asBoolean()) {
                String name = owner.path("name").asText();
                if (!controller.isEmpty()) {
                    errors.invalid(
                            OWNERS,
                            owners,
                            "Only one reference can have Controller set to true. Found \"true\" in"
                                    + " references for "
                                    + controller
                                    + " and "
                                    + name);
                    return;
                }
                controller = name;
            }
        }
    }

    private static void validateOwner(JsonNode owner, FieldErrors errors) {
        String apiVersion = owner.path("apiVersion").asText("");
        String kind = owner.path("kind").asText("");
        if (apiVersion.isEmpty()) {
            errors.invalid(OWNERS.child("apiVersion"), "", "version must not be empty");
        }
        notEmpty("kind", kind, errors);
        notEmpty("name", owner.path("name").asText(""), errors);
        notEmpty("uid", owner.path("uid").asText(""), errors);
        if (apiVersion.equals("v1") && kind.equals("Event")) {
            errors.invalid(OWNERS, owner, "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private static void notEmpty(String field, String value, FieldErrors errors) {
        if (value.isEmpty()) {
            errors.invalid(OWNERS.child(field), value, "must not be empty");
        }
    }
}
