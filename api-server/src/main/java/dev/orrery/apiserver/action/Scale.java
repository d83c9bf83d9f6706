package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.ownership.Application;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The {@code autoscaling/v1} Scale of an object that has replicas. */
final class Scale {

    private Scale() {}

    static ObjectNode of(ObjectNode object) {
        ObjectNode scale = Trees.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field :
                List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            JsonNode value = object.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        ObjectNode spec = scale.putObject("spec");
        int wanted = object.path("spec").path("replicas").asInt();
        if (wanted != 0) {
            spec.put("replicas", wanted);
        }
        scale.putObject("status")
                .put("replicas", object.path("status").path("replicas").asInt())
                .put("selector", selector(object.path("spec").path("selector")));
        return scale;
    }

    /** Of the object itself, where somebody applies a Scale. */
    static ObjectNode configuration(ObjectNode scale, ApiRequest request) {
        ObjectNode object = Trees.object();
        boolean isScale =
                scale.path("apiVersion").asText("").equals("autoscaling/v1")
                        && scale.path("kind").asText("").equals("Scale");
        if (!isScale) {
            throw Refusals.badRequest("invalid object type: " + Application.described(scale));
        }
        object.put("apiVersion", request.kind().apiVersion()).put("kind", request.kind().kind());
        object.set("metadata", scale.path("metadata"));
        JsonNode replicas = scale.path("spec").get("replicas");
        if (replicas != null) {
            object.putObject("spec").set("replicas", replicas);
        }
        return object;
    }

    /** A selector as clients write it in a query. */
    private static String selector(JsonNode selector) {
        boolean plain = !selector.has("matchLabels") && !selector.has("matchExpressions");
        List<String> terms = new ArrayList<>();
        TreeMap<String, String> labels = new TreeMap<>();
        (plain ? selector : selector.path("matchLabels"))
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        labels.forEach((key, value) -> terms.add(key + "=" + value));
        for (JsonNode expression : selector.path("matchExpressions")) {
            terms.add(term(expression));
        }
        return String.join(",", terms);
    }

    private static String term(JsonNode expression) {
        String key = expression.path("key").asText();
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(value -> values.add(value.asText()));
        String list = "(" + String.join(",", values) + ")";
        return switch (expression.path("operator").asText()) {
            case "In" -> key + " in " + list;
            case "NotIn" -> key + " notin " + list;
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }
}
