package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.IntOrPercent;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of DaemonSet. */
public final class DaemonSetRules implements Rules {

    private static final List<String> STRATEGIES = List.of("RollingUpdate", "OnDelete");
    private static final List<String> COUNTS =
            List.of(
                    "currentNumberScheduled",
                    "numberMisscheduled",
                    "desiredNumberScheduled",
                    "numberReady",
                    "observedGeneration",
                    "updatedNumberScheduled",
                    "numberAvailable",
                    "numberUnavailable",
                    "collisionCount");
    private static final int HISTORY = 10;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        ObjectNode strategy = Defaults.object(spec, "updateStrategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = Defaults.object(strategy, "rollingUpdate");
            Defaults.number(rolling, "maxUnavailable", 1);
            Defaults.number(rolling, "maxSurge", 0);
        }
        Defaults.number(spec, "revisionHistoryLimit", HISTORY);
        TemplateRules.setDefaults(spec);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        TemplateRules.validateSelector(spec, "daemonset");
        TemplateRules.validate(spec, "DaemonSet");
        spec.get("minReadySeconds").notNegative();
        validateStrategy(spec.get("updateStrategy"));
        spec.get("revisionHistoryLimit").notNegative();
    }

    private static void validateStrategy(Field strategy) {
        Field rolling = strategy.get("rollingUpdate");
        switch (strategy.get("type").text()) {
            case "OnDelete" -> {}
            case "RollingUpdate" -> {
                if (rolling.require("")) {
                    validateRolling(rolling);
                }
            }
            default ->
                    strategy.errors().notSupported(strategy.path(), strategy.value(), STRATEGIES);
        }
    }

    private static void validateRolling(Field rolling) {
        Field unavailable = rolling.get("maxUnavailable");
        Field surge = rolling.get("maxSurge");
        for (Field share : List.of(unavailable, surge)) {
            IntOrPercent.validate(share);
            IntOrPercent.validateAtMostAll(share);
        }
        boolean some = IntOrPercent.number(unavailable.value()) != 0;
        boolean more = IntOrPercent.number(surge.value()) != 0;
        if (some && more) {
            surge.invalid("may not be set when maxUnavailable is non-zero");
        } else if (!some && !more) {
            unavailable.required("cannot be 0 when maxSurge is 0");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors)
                .get("spec", "selector")
                .unchanged(old.path("spec").path("selector"));
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field status = Field.of(object, errors).get("status");
        COUNTS.forEach(count -> status.get(count).notNegative());
        StatusCounts.notDecremented(object, old, errors);
    }
}
