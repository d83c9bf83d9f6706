package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.pod.PodSpecRules;

/** The rules of PodTemplate. */
public final class PodTemplateRules implements Rules {

    @Override
    public void setDefaults(ObjectNode object) {
        TemplateRules.setDefaults(object);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field template = Field.of(object, errors).get("template");
        PodSpecRules.validateTemplate(template, MissingNode.getInstance());
    }
}
