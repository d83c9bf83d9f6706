package dev.orrery.apiserver.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code autoscaling/v1} knows one metric, the use of CPU. What it cannot say is kept in the
 * annotations under which Kubernetes keeps it, so that a client of this version loses nothing.
 */
final class HorizontalPodAutoscalerV1 implements Conversion {

    private static final String TARGET = "targetCPUUtilizationPercentage";
    private static final String CURRENT = "currentCPUUtilizationPercentage";
    private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
    private static final String CURRENT_METRICS = "autoscaling.alpha.kubernetes.io/current-metrics";
    private static final String CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
    private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

    @Override
    public void toStorage(ObjectNode object) {
        object.put("apiVersion", "autoscaling/v2");
        ObjectNode spec = object.withObjectProperty("spec");
        unfold(object, METRICS, spec, "metrics");
        unfold(object, BEHAVIOR, spec, "behavior");
        JsonNode target = spec.remove(TARGET);
        if (target != null && target.isNumber()) {
            cpu(spec, "metrics", "target")
                    .put("type", "Utilization")
                    .set("averageUtilization", target);
        }
        if (object.get("status") instanceof ObjectNode status) {
            unfold(object, CURRENT_METRICS, status, "currentMetrics");
            unfold(object, CONDITIONS, status, "conditions");
            JsonNode current = status.remove(CURRENT);
            if (current != null && current.isNumber()) {
                cpu(status, "currentMetrics", "current").set("averageUtilization", current);
            }
        }
    }

    @Override
    public void fromStorage(ObjectNode object) {
        object.put("apiVersion", "autoscaling/v1");
        if (object.get("spec") instanceof ObjectNode spec) {
            takeCpu(spec, "metrics", "target", TARGET);
            fold(object, spec, "metrics", METRICS);
            fold(object, spec, "behavior", BEHAVIOR);
        }
        if (object.get("status") instanceof ObjectNode status) {
            takeCpu(status, "currentMetrics", "current", CURRENT);
            fold(object, status, "currentMetrics", CURRENT_METRICS);
            fold(object, status, "conditions", CONDITIONS);
        }
    }

    /** Adds the metric that this version knows to the others; answers its value. */
    private static ObjectNode cpu(ObjectNode parent, String list, String value) {
        ObjectNode metric = parent.objectNode().put("type", "Resource");
        ObjectNode resource = metric.putObject("resource").put("name", "cpu");
        parent.withArrayProperty(list).insert(0, metric);
        return resource.putObject(value);
    }

    /** Takes the metric that this version knows out of the others. */
    private static void takeCpu(ObjectNode parent, String list, String value, String field) {
        if (!(parent.get(list) instanceof ArrayNode metrics)) {
            return;
        }
        for (int i = 0; i < metrics.size(); i++) {
            JsonNode resource = metrics.get(i).path("resource");
            JsonNode utilization = resource.path(value).path("averageUtilization");
            if (resource.path("name").asText().equals("cpu") && utilization.isNumber()) {
                parent.set(field, utilization);
                metrics.remove(i);
                return;
            }
        }
    }

    private static void fold(ObjectNode object, ObjectNode from, String field, String annotation) {
        JsonNode value = from.remove(field);
        if (value != null && !value.isEmpty()) {
            object.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(annotation, value.toString());
        }
    }

    private static void unfold(ObjectNode object, String annotation, ObjectNode to, String field) {
        if (object.path("metadata").get("annotations") instanceof ObjectNode annotations) {
            JsonNode text = annotations.remove(annotation);
            JsonNode value = text == null ? null : Folded.parse(text.asText());
            if (value != null) {
                to.set(field, value);
            }
        }
    }
}
