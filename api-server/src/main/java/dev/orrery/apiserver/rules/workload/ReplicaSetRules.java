package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of ReplicaSet; its messages speak of deployments, as Kubernetes' do. */
public final class ReplicaSetRules implements Rules {

    static final List<String> COUNTS =
            List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas");

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec != null) {
            Defaults.number(spec, "replicas", 1);
            TemplateRules.setDefaults(spec);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        spec.get("replicas").notNegative();
        spec.get("minReadySeconds").notNegative();
        TemplateRules.validateSelector(spec, "deployment");
        TemplateRules.validate(spec, "ReplicaSet");
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors)
                .get("spec", "selector")
                .unchanged(old.path("spec").path("selector"));
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        StatusCounts.validate(object, COUNTS, errors);
    }
}
