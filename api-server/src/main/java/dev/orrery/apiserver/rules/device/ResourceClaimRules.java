package dev.orrery.apiserver.rules.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;

/**
 * The rules of ResourceClaim and ResourceClaimTemplate: what is claimed stays.
 *
 * @param template whose spec holds the claim's metadata and spec
 */
public record ResourceClaimRules(boolean template) implements Rules {

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        ObjectNode claim = spec != null && template ? Defaults.existing(spec, "spec") : spec;
        if (claim != null) {
            DeviceRequests.setDefaults(claim);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        DeviceRequests.validate(template ? spec.get("spec") : spec);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors).get("spec").unchanged(old.path("spec"));
    }
}
