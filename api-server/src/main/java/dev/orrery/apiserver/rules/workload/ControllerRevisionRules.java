package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;

/** The rules of ControllerRevision: what is recorded stays. */
public final class ControllerRevisionRules implements Rules {

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field revision = Field.of(object, errors);
        if (!revision.get("data").exists()) {
            revision.get("data").required("data is mandatory");
        }
        revision.get("revision").notNegative();
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors).get("data").unchanged(old.path("data"));
    }
}
