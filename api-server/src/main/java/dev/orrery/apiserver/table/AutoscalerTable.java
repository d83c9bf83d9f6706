package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The columns of HorizontalPodAutoscalers: each target as {@code cpu: 12%/80%}. */
final class AutoscalerTable {

    private static final int SHOWN = 2;
    private static final String UNKNOWN = "<unknown>";

    static final Columns COLUMNS =
            Layout.named()
                    .text("Reference", "What it scales.", AutoscalerTable::reference)
                    .text("Targets", "What it measures, and aims at.", AutoscalerTable::targets)
                    .text(
                            "MinPods",
                            "The fewest pods.",
                            o -> Texts.or(o.path("spec").path("minReplicas"), Texts.UNSET))
                    .number("MaxPods", "The most pods.", "/spec/maxReplicas")
                    .number("Replicas", "The pods that there are.", "/status/currentReplicas")
                    .age();

    private AutoscalerTable() {}

    private static String reference(JsonNode autoscaler) {
        JsonNode target = autoscaler.path("spec").path("scaleTargetRef");
        return target.path("kind").asText("") + "/" + target.path("name").asText("");
    }

    private static String targets(JsonNode autoscaler) {
        JsonNode specs = autoscaler.path("spec").path("metrics");
        JsonNode statuses = autoscaler.path("status").path("currentMetrics");
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            targets.add(target(specs.get(i), statuses.path(i)));
        }
        return targets.isEmpty() ? Texts.NONE : Texts.some(targets, SHOWN, ", ");
    }

    private static String target(JsonNode spec, JsonNode status) {
        String type = spec.path("type").asText("");
        return switch (type) {
            case "Resource" -> resource(spec.path("resource"), status.path("resource"));
            case "ContainerResource" ->
                    resource(spec.path("containerResource"), status.path("containerResource"));
            case "Pods" -> amount(spec.path("pods"), status.path("pods"), "averageValue");
            case "External" -> value(spec.path("external"), status.path("external"));
            case "Object" -> value(spec.path("object"), status.path("object"));
            default -> "<unknown type>";
        };
    }

    private static String resource(JsonNode spec, JsonNode status) {
        String name = spec.path("name").asText("") + ": ";
        if (spec.path("target").has("averageValue")) {
            return name + amount(spec, status, "averageValue");
        }
        JsonNode wanted = spec.path("target").path("averageUtilization");
        JsonNode current = status.path("current").path("averageUtilization");
        return name + percent(current, UNKNOWN) + "/" + percent(wanted, "<auto>");
    }

    private static String percent(JsonNode value, String whenAbsent) {
        return value.isNumber() ? value.asInt() + "%" : whenAbsent;
    }

    private static String value(JsonNode spec, JsonNode status) {
        boolean average = spec.path("target").has("averageValue");
        return average
                ? amount(spec, status, "averageValue") + " (avg)"
                : amount(spec, status, "value");
    }

    private static String amount(JsonNode spec, JsonNode status, String field) {
        JsonNode current = status.path("current").path(field);
        String shown = current.isMissingNode() ? UNKNOWN : Texts.quantity(current);
        return shown + "/" + Texts.quantity(spec.path("target").path(field));
    }
}
