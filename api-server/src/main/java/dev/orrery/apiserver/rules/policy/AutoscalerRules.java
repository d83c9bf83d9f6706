package dev.orrery.apiserver.rules.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of HorizontalPodAutoscaler, as it is stored: in version 2. */
public final class AutoscalerRules implements Rules {

    private static final List<String> TYPES =
            List.of("ContainerResource", "External", "Object", "Pods", "Resource");
    private static final int CPU_PERCENT = 80;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        Defaults.number(spec, "minReplicas", 1);
        if (spec.path("metrics").isEmpty()) {
            ObjectNode resource =
                    spec.putArray("metrics")
                            .addObject()
                            .put("type", "Resource")
                            .putObject("resource");
            resource.put("name", "cpu")
                    .putObject("target")
                    .put("type", "Utilization")
                    .put("averageUtilization", CPU_PERCENT);
        }
        ObjectNode behavior = Defaults.existing(spec, "behavior");
        if (behavior != null) {
            completeBehavior(behavior);
        }
    }

    private static void completeBehavior(ObjectNode behavior) {
        ObjectNode up = Defaults.object(behavior, "scaleUp");
        Defaults.number(up, "stabilizationWindowSeconds", 0);
        Defaults.text(up, "selectPolicy", "Max");
        if (up.path("policies").isEmpty()) {
            up.putArray("policies").add(policy(up, "Pods", 4)).add(policy(up, "Percent", 100));
        }
        ObjectNode down = Defaults.object(behavior, "scaleDown");
        Defaults.text(down, "selectPolicy", "Max");
        if (down.path("policies").isEmpty()) {
            down.putArray("policies").add(policy(down, "Percent", 100));
        }
    }

    private static ObjectNode policy(ObjectNode maker, String type, int value) {
        return maker.objectNode().put("type", type).put("value", value).put("periodSeconds", 15);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Field least = spec.get("minReplicas");
        Field most = spec.get("maxReplicas");
        if (least.exists() && least.number(1) < 1) {
            least.invalid("must be greater than or equal to 1");
        }
        if (most.number(0) < 1) {
            most.invalid(most.number(0), "must be greater than 0");
        }
        if (most.number(0) < least.number(0)) {
            most.invalid(most.number(0), "must be greater than or equal to `minReplicas`");
        }
        for (String field : List.of("kind", "name")) {
            Field part = spec.get("scaleTargetRef", field);
            if (part.require("")) {
                part.invalid(Names.pathSegment(part.text()));
            }
        }
        spec.get("metrics").items().forEach(AutoscalerRules::validateMetric);
    }

    private static void validateMetric(Field metric) {
        Field type = metric.get("type");
        if (!type.require("must specify a metric source type")) {
            return;
        }
        type.oneOf(TYPES);
        String field = Character.toLowerCase(type.text().charAt(0)) + type.text().substring(1);
        if (TYPES.contains(type.text()) && !metric.get(field).exists()) {
            metric.get(field)
                    .required(
                            "must populate information for the given metric source (only \""
                                    + field
                                    + "\" is allowed)");
        }
        if (type.is("Resource")) {
            metric.get("resource", "name").require("must specify a resource name");
        }
    }
}
