package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Labels and the selectors over them: what is well formed, and what matches. */
public final class Labels {

    private static final String KEY =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with"
                    + " an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
                    + " regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private static final String VALUE =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_'"
                    + " or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'MyValue',  or 'my_value',  or '12345', regex used for validation is"
                    + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private static final int LONGEST = 63;

    private Labels() {}

    /** What is wrong with a label key, which is also the form of other qualified names. */
    public static List<String> keyFaults(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            return isWord(key) && key.length() <= LONGEST ? List.of() : nameFaults(key);
        }
        if (key.indexOf('/', slash + 1) >= 0) {
            return List.of(
                    "a valid label key "
                            + KEY
                            + " with an optional DNS subdomain prefix and '/' (e.g."
                            + " 'example.com/MyName')");
        }
        List<String> faults = new ArrayList<>(prefixFaults(key.substring(0, slash)));
        faults.addAll(nameFaults(key.substring(slash + 1)));
        return faults;
    }

    private static List<String> prefixFaults(String prefix) {
        if (prefix.isEmpty()) {
            return List.of("prefix part must be non-empty");
        }
        List<String> faults = new ArrayList<>(0);
        for (String fault : Names.dnsSubdomain(prefix)) {
            faults.add("prefix part " + fault.replace("253 characters", "253 bytes"));
        }
        return faults;
    }

    private static List<String> nameFaults(String name) {
        List<String> faults = new ArrayList<>(0);
        if (name.isEmpty()) {
            faults.add("name part must be non-empty");
        } else if (name.length() > LONGEST) {
            faults.add("name part must be no more than 63 bytes");
        }
        if (!isWord(name)) {
            faults.add("name part " + KEY);
        }
        return faults;
    }

    public static List<String> valueFaults(String value) {
        boolean word = value.isEmpty() || isWord(value);
        if (word && value.length() <= LONGEST) {
            return List.of();
        }
        List<String> faults = new ArrayList<>(2);
        if (value.length() > LONGEST) {
            faults.add("must be no more than 63 bytes");
        }
        if (!word) {
            faults.add(VALUE);
        }
        return faults;
    }

    private static boolean isWord(String text) {
        int length = text.length();
        if (length == 0
                || !Names.isAlphanumeric(text.charAt(0))
                || !Names.isAlphanumeric(text.charAt(length - 1))) {
            return false;
        }
        for (int i = 1; i < length - 1; i++) {
            char c = text.charAt(i);
            if (!Names.isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    /** Reports the faults of a map of labels, all at the map's own place as Kubernetes does. */
    public static void validate(Field labels) {
        for (Map.Entry<String, JsonNode> label : labels.value().properties()) {
            String key = label.getKey();
            keyFaults(key).forEach(fault -> labels.invalid(key, fault));
            String value = label.getValue().asText();
            valueFaults(value).forEach(fault -> labels.invalid(value, fault));
        }
    }

    /** Reports the faults of a {@code LabelSelector}. */
    public static void validateSelector(Field selector) {
        validate(selector.get("matchLabels"));
        for (Field expression : selector.get("matchExpressions").items()) {
            validateExpression(expression);
        }
    }

    private static void validateExpression(Field expression) {
        Field values = expression.get("values");
        switch (expression.get("operator").text()) {
            case "In", "NotIn" ->
                    values.require("must be specified when `operator` is 'In' or 'NotIn'");
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    values.forbidden(
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> expression.get("operator").invalid("not a valid selector operator");
        }
        expression.get("key").invalid(keyFaults(expression.get("key").text()));
        for (Field value : values.items()) {
            value.invalid(valueFaults(value.text()));
        }
    }

    /** Whether nothing is asked for, which selects everything. */
    public static boolean isEmptySelector(JsonNode selector) {
        return selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty();
    }

    /** Whether labels fulfil a {@code LabelSelector}. */
    public static boolean matches(JsonNode selector, JsonNode labels) {
        if (!containsAll(labels, selector.path("matchLabels"))) {
            return false;
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            if (!fulfils(labels, expression)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the labels hold every one of the wanted pairs. */
    public static boolean containsAll(JsonNode labels, JsonNode wanted) {
        for (Map.Entry<String, JsonNode> pair : wanted.properties()) {
            JsonNode value = labels.get(pair.getKey());
            if (value == null || !value.asText().equals(pair.getValue().asText())) {
                return false;
            }
        }
        return true;
    }

    private static boolean fulfils(JsonNode labels, JsonNode expression) {
        JsonNode label = labels.get(expression.path("key").asText());
        return switch (expression.path("operator").asText()) {
            case "In" -> label != null && has(expression.path("values"), label.asText());
            case "NotIn" -> label == null || !has(expression.path("values"), label.asText());
            case "Exists" -> label != null;
            case "DoesNotExist" -> label == null;
            default -> false;
        };
    }

    private static boolean has(JsonNode values, String wanted) {
        for (JsonNode value : values) {
            if (value.asText().equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
