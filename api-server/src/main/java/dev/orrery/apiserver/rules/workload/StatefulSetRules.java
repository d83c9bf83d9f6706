package dev.orrery.apiserver.rules.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.IntOrPercent;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Quantities;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.Same;
import java.util.List;

/** The rules of StatefulSet. */
public final class StatefulSetRules implements Rules {

    private static final List<String> CHANGEABLE =
            List.of(
                    "replicas",
                    "ordinals",
                    "template",
                    "updateStrategy",
                    "revisionHistoryLimit",
                    "persistentVolumeClaimRetentionPolicy",
                    "minReadySeconds");
    private static final String FROZEN =
            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                    + " 'updateStrategy', 'revisionHistoryLimit',"
                    + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
    private static final List<String> RETENTION = List.of("Retain", "Delete");
    private static final int HISTORY = 10;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        Defaults.text(spec, "podManagementPolicy", "OrderedReady");
        completeStrategy(Defaults.object(spec, "updateStrategy"));
        ObjectNode retention = Defaults.object(spec, "persistentVolumeClaimRetentionPolicy");
        Defaults.text(retention, "whenDeleted", "Retain");
        Defaults.text(retention, "whenScaled", "Retain");
        Defaults.number(spec, "replicas", 1);
        Defaults.number(spec, "revisionHistoryLimit", HISTORY);
        TemplateRules.setDefaults(spec);
        for (ObjectNode claim : Defaults.objects(spec, "volumeClaimTemplates")) {
            completeClaim(claim);
        }
    }

    /** A strategy that is named stands as written; only an unnamed one gains its parameters. */
    private static void completeStrategy(ObjectNode strategy) {
        if (strategy.path("type").asText("").isEmpty()) {
            strategy.put("type", "RollingUpdate");
            Defaults.object(strategy, "rollingUpdate");
        }
        ObjectNode rolling = Defaults.existing(strategy, "rollingUpdate");
        if (rolling != null && strategy.path("type").asText().equals("RollingUpdate")) {
            Defaults.number(rolling, "partition", 0);
        }
    }

    private static void completeClaim(ObjectNode claim) {
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode spec = Defaults.object(claim, "spec");
        Defaults.text(spec, "volumeMode", "Filesystem");
        Quantities.canonicalize(spec.path("resources"));
        Defaults.text(Defaults.object(claim, "status"), "phase", "Pending");
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Field policy = spec.get("podManagementPolicy");
        if (policy.require("") && !policy.is("OrderedReady") && !policy.is("Parallel")) {
            policy.invalid("must be 'OrderedReady' or 'Parallel'");
        }
        validateStrategy(spec.get("updateStrategy"));
        Field retention = spec.get("persistentVolumeClaimRetentionPolicy");
        retention.get("whenDeleted").oneOf(RETENTION);
        retention.get("whenScaled").oneOf(RETENTION);
        spec.get("replicas").notNegative();
        spec.get("minReadySeconds").notNegative();
        spec.get("ordinals", "start").notNegative();
        spec.get("revisionHistoryLimit").notNegative();
        validateSelector(spec);
        TemplateRules.validate(spec, "StatefulSet", spec.get("volumeClaimTemplates").value());
        Field service = spec.get("serviceName");
        if (!service.isEmpty()) {
            service.invalid(Names.dnsSubdomain(service.text()));
        }
    }

    private static void validateSelector(Field spec) {
        Field selector = spec.get("selector");
        if (!selector.exists()) {
            selector.required("");
        } else {
            Labels.validateSelector(selector);
            if (Labels.isEmptySelector(selector.value())) {
                selector.invalid("empty selector is invalid for statefulset");
            }
        }
        TemplateRules.validateMatch(spec);
    }

    private static void validateStrategy(Field strategy) {
        Field rolling = strategy.get("rollingUpdate");
        switch (strategy.get("type").text()) {
            case "" -> strategy.required("");
            case "OnDelete" -> {
                if (rolling.exists()) {
                    rolling.invalid("only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> {
                rolling.get("partition").notNegative();
                validateUnavailable(rolling.get("maxUnavailable"));
            }
            default -> strategy.invalid("must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static void validateUnavailable(Field unavailable) {
        if (!unavailable.exists()) {
            return;
        }
        IntOrPercent.validate(unavailable);
        if (IntOrPercent.number(unavailable.value()) == 0) {
            unavailable.invalid("cannot be 0");
        }
        IntOrPercent.validateAtMostAll(unavailable);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        ObjectNode after = Defaults.object(object, "spec").deepCopy().without(CHANGEABLE);
        ObjectNode before = Defaults.object(old.deepCopy(), "spec").without(CHANGEABLE);
        if (!Same.same(after, before)) {
            Field.of(object, errors).get("spec").forbidden(FROZEN);
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        StatusCounts.validate(
                object, List.of("readyReplicas", "currentReplicas", "updatedReplicas"), errors);
        Field status = Field.of(object, errors).get("status");
        if (status.get("availableReplicas").number(0) > status.get("replicas").number(0)) {
            status.get("availableReplicas").invalid("cannot be greater than status.replicas");
        }
        StatusCounts.notDecremented(object, old, errors);
    }
}
