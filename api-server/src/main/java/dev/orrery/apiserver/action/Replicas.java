package dev.orrery.apiserver.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.ReplicasPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a kind keeps what its Scale shows: built-in kinds all alike, others where they say.
 *
 * @param paths null for a built-in kind
 */
record Replicas(@Nullable ReplicasPaths paths) {

    private static final List<String> SPEC = List.of("spec", "replicas");
    private static final List<String> STATUS = List.of("status", "replicas");

    static Replicas of(Kind kind) {
        return new Replicas(kind.custom() == null ? null : kind.custom().scale());
    }

    private List<String> spec() {
        return paths == null ? SPEC : paths.spec();
    }

    /** Whether the object says how many it wants; {@code .spec.replicas} where it does not. */
    @Nullable String missing(JsonNode object) {
        return paths != null && at(object, spec()).isMissingNode()
                ? "." + String.join(".", spec())
                : null;
    }

    int wanted(JsonNode object) {
        return at(object, spec()).asInt();
    }

    int actual(JsonNode object) {
        return at(object, paths == null ? STATUS : paths.status()).asInt();
    }

    /** Changes the object. */
    void want(ObjectNode object, int replicas) {
        ObjectNode parent = object;
        List<String> path = spec();
        for (String name : path.subList(0, path.size() - 1)) {
            parent = parent.withObjectProperty(name);
        }
        parent.put(path.getLast(), replicas);
    }

    String selector(JsonNode object) {
        if (paths == null) {
            return selectorText(object.path("spec").path("selector"));
        }
        return paths.selector().isEmpty() ? "" : at(object, paths.selector()).asText("");
    }

    private static JsonNode at(JsonNode object, List<String> path) {
        JsonNode node = object;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }

    /** A selector as clients write it in a query. */
    private static String selectorText(JsonNode selector) {
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
