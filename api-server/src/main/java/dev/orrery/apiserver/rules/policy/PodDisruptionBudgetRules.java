package dev.orrery.apiserver.rules.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.IntOrPercent;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of PodDisruptionBudget. */
public final class PodDisruptionBudgetRules implements Rules {

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        List<Field> bounds = List.of(spec.get("minAvailable"), spec.get("maxUnavailable"));
        if (bounds.stream().allMatch(Field::exists)) {
            spec.invalid("minAvailable and maxUnavailable cannot be both set");
        }
        for (Field bound : bounds) {
            IntOrPercent.validate(bound);
            IntOrPercent.validateAtMostAll(bound);
        }
        Labels.validateSelector(spec.get("selector"));
        spec.get("unhealthyPodEvictionPolicy").oneOf(List.of("AlwaysAllow", "IfHealthyBudget"));
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field status = Field.of(object, errors).get("status");
        for (String count :
                List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")) {
            status.get(count).notNegative();
        }
    }
}
