package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Rules;

/** The rules of ReplicationController, whose selector is a plain map of labels. */
public final class ReplicationControllerRules implements Rules {

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (!labels.isEmpty()) {
            if (spec.path("selector").isEmpty()) {
                spec.set("selector", labels.deepCopy());
            }
            ObjectNode metadata = Defaults.object(object, "metadata");
            if (metadata.path("labels").isEmpty()) {
                metadata.set("labels", labels.deepCopy());
            }
        }
        Defaults.number(spec, "replicas", 1);
        TemplateRules.setDefaults(spec);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        spec.get("minReadySeconds").notNegative();
        spec.get("selector").require("");
        spec.get("replicas").notNegative();
        Field labels = spec.get("template").get("metadata", "labels");
        if (!Labels.containsAll(labels.value(), spec.get("selector").value())) {
            labels.invalid(
                    labels.exists() ? labels.value() : null,
                    "`selector` does not match template `labels`");
        }
        TemplateRules.validate(spec, "ReplicationController");
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        StatusCounts.validate(object, ReplicaSetRules.COUNTS, errors);
    }
}
