package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.IntOrPercent;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of Deployment. */
public final class DeploymentRules implements Rules {

    private static final List<String> STRATEGIES = List.of("Recreate", "RollingUpdate");
    private static final int HISTORY = 10;
    private static final int PROGRESS_SECONDS = 600;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        Defaults.number(spec, "replicas", 1);
        ObjectNode strategy = Defaults.object(spec, "strategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = Defaults.object(strategy, "rollingUpdate");
            Defaults.text(rolling, "maxUnavailable", "25%");
            Defaults.text(rolling, "maxSurge", "25%");
        }
        Defaults.number(spec, "revisionHistoryLimit", HISTORY);
        Defaults.number(spec, "progressDeadlineSeconds", PROGRESS_SECONDS);
        TemplateRules.setDefaults(spec);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        spec.get("replicas").notNegative();
        TemplateRules.validateSelector(spec, "deployment");
        TemplateRules.validate(spec, "ReplicaSet");
        validateStrategy(spec.get("strategy"));
        spec.get("minReadySeconds").notNegative();
        spec.get("revisionHistoryLimit").notNegative();
        Field deadline = spec.get("progressDeadlineSeconds");
        deadline.notNegative();
        if (deadline.number(PROGRESS_SECONDS) <= spec.get("minReadySeconds").number(0)) {
            deadline.invalid("must be greater than minReadySeconds");
        }
    }

    private static void validateStrategy(Field strategy) {
        Field rolling = strategy.get("rollingUpdate");
        switch (strategy.get("type").text()) {
            case "Recreate" -> {
                if (rolling.exists()) {
                    rolling.forbidden("may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> validateRolling(rolling);
            default ->
                    strategy.errors().notSupported(strategy.path(), strategy.value(), STRATEGIES);
        }
    }

    private static void validateRolling(Field rolling) {
        Field unavailable = rolling.get("maxUnavailable");
        Field surge = rolling.get("maxSurge");
        IntOrPercent.validate(unavailable);
        IntOrPercent.validate(surge);
        if (IntOrPercent.number(unavailable.value()) == 0
                && IntOrPercent.number(surge.value()) == 0) {
            unavailable.invalid("may not be 0 when `maxSurge` is 0");
        }
        IntOrPercent.validateAtMostAll(unavailable);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors)
                .get("spec", "selector")
                .unchanged(old.path("spec").path("selector"));
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        StatusCounts.validate(
                object, List.of("updatedReplicas", "readyReplicas", "availableReplicas"), errors);
        Field.of(object, errors).get("status", "unavailableReplicas").notNegative();
        StatusCounts.notDecremented(object, old, errors);
    }
}
