package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.machinery.resource.QualityOfService;

/** The rules of Pod. A new pod is Pending and keeps its class of service for life. */
public final class PodRules implements Rules {

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec != null) {
            PodDefaults.setDefaults(spec);
            PodDefaults.completePod(spec);
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        ObjectNode status = object.putObject("status");
        status.put("phase", "Pending");
        status.put("qosClass", QualityOfService.of(object.path("spec")));
        if (!object.path("spec").path("schedulingGates").isEmpty()) {
            status.putArray("conditions")
                    .addObject()
                    .put("type", "PodScheduled")
                    .put("status", "False")
                    .put("reason", "SchedulingGated")
                    .put("message", "Scheduling is blocked due to non-empty scheduling gates");
        }
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {
        ObjectNode status = Defaults.existing(object, "status");
        if (status != null && status.path("qosClass").asText("").isEmpty()) {
            status.set("qosClass", old.path("status").get("qosClass"));
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field pod = Field.of(object, errors);
        validateDeletionCost(pod);
        PodSpecRules.validatePod(pod.get("spec"));
    }

    @Override
    public void validateCreate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        if (!spec.get("ephemeralContainers").isEmpty()) {
            spec.get("ephemeralContainers").forbidden("cannot be set on create");
        }
        if (!spec.get("nodeName").isEmpty() && !spec.get("schedulingGates").isEmpty()) {
            spec.get("nodeName")
                    .forbidden("cannot be set until all schedulingGates have been cleared");
        }
    }

    private static void validateDeletionCost(Field pod) {
        String name = "controller.kubernetes.io/pod-deletion-cost";
        Field cost = pod.get("metadata", "annotations").key(name);
        if (!cost.exists()) {
            return;
        }
        try {
            Integer.parseInt(cost.text());
        } catch (NumberFormatException e) {
            cost.invalid("must be a 32bit integer");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        PodUpdateRules.validate(Field.of(object, errors), old);
    }

    @Override
    public void validatePartUpdate(
            String part, ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field pod = Field.of(object, errors);
        switch (part) {
            case "ephemeralcontainers" -> PodPartRules.validateEphemeralContainers(pod, old);
            case "resize" -> PodPartRules.validateResize(pod, old);
            default -> {}
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field status = Field.of(object, errors).get("status");
        status.get("qosClass").unchanged(old.path("status").path("qosClass"));
        Field nominated = status.get("nominatedNodeName");
        if (!nominated.isEmpty()) {
            nominated.invalid(Names.dnsSubdomain(nominated.text()));
        }
        PodStatusRules.validateTransitions(status, old);
    }
}
