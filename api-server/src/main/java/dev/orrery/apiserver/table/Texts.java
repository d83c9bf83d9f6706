package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.resource.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Values as cells show them. */
final class Texts {

    static final String NONE = "<none>";
    static final String UNSET = "<unset>";

    private Texts() {}

    static String orNone(JsonNode value) {
        return or(value, NONE);
    }

    static String or(JsonNode value, String whenAbsent) {
        String text = value.asText("");
        return text.isEmpty() || value.isNull() ? whenAbsent : text;
    }

    /** {@code app=web,tier=front}, sorted. */
    static String labels(JsonNode labels) {
        Map<String, String> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            sorted.put(label.getKey(), label.getKey() + "=" + label.getValue().asText());
        }
        return sorted.isEmpty() ? NONE : String.join(",", sorted.values());
    }

    /** A selector in the words of {@code kubectl get -l}. */
    static String selector(JsonNode selector) {
        Map<String, String> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
            sorted.put(label.getKey(), label.getKey() + "=" + label.getValue().asText());
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            String key = expression.path("key").asText();
            sorted.merge(key, requirement(key, expression), (a, b) -> a + "," + b);
        }
        return sorted.isEmpty() ? NONE : String.join(",", sorted.values());
    }

    private static String requirement(String key, JsonNode expression) {
        TreeSet<String> values = new TreeSet<>();
        expression.path("values").forEach(value -> values.add(value.asText()));
        String list = " (" + String.join(",", values) + ")";
        return switch (expression.path("operator").asText()) {
            case "In" -> key + " in" + list;
            case "NotIn" -> key + " notin" + list;
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }

    /** One field of every item, in order. */
    static List<String> each(JsonNode items, String field) {
        List<String> texts = new ArrayList<>(items.size());
        items.forEach(item -> texts.add(item.path(field).asText("")));
        return texts;
    }

    static List<String> all(JsonNode texts) {
        List<String> all = new ArrayList<>(texts.size());
        texts.forEach(text -> all.add(text.asText("")));
        return all;
    }

    static String names(JsonNode podSpec) {
        return String.join(",", each(podSpec.path("containers"), "name"));
    }

    static String images(JsonNode podSpec) {
        return String.join(",", each(podSpec.path("containers"), "image"));
    }

    /** The first {@code most} of them, and how many more there are. */
    static String some(List<String> texts, int most, String separator) {
        if (texts.size() <= most) {
            return String.join(separator, texts);
        }
        String first = String.join(separator, texts.subList(0, most));
        return first + " + " + (texts.size() - most) + " more...";
    }

    static String quantity(JsonNode value) {
        return Quantity.of(value).toString();
    }

    static boolean isDeleted(JsonNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    /** Whether a condition of that type is true. */
    static boolean holds(JsonNode object, String type) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText("").equals(type)) {
                return condition.path("status").asText("").equals("True");
            }
        }
        return false;
    }
}
