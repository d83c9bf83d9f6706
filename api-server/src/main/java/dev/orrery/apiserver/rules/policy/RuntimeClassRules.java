package dev.orrery.apiserver.rules.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;

/** The rules of RuntimeClass. */
public final class RuntimeClassRules implements Rules {

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field handler = Field.of(object, errors).get("handler");
        for (String fault : Names.dnsLabel(handler.text())) {
            handler.invalid(handler.text(), fault);
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors).get("handler").unchanged(old.path("handler"));
    }
}
