package dev.orrery.apiserver.rules.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;

/** The rules of Lease. */
public final class LeaseRules implements Rules {

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Field duration = spec.get("leaseDurationSeconds");
        if (duration.exists() && duration.number(1) <= 0) {
            duration.invalid("must be greater than 0");
        }
        spec.get("leaseTransitions").notNegative();
    }
}
