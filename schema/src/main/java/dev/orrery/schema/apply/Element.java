package dev.orrery.schema.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * One step of a field's path, as {@code fieldsV1} writes it: {@code f:spec}, {@code
 * k:{"name":"web"}} for the item of a list with keys, {@code v:"a"} for one of a set, {@code i:0}.
 * Keys are sorted, so that one step is one text.
 */
final class Element {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String KINDS = "fkvi";
    private static final String ESCAPED = "\"\\<>&";

    /** Fields, keys, values, indexes; numbers within them by value. */
    static final Comparator<String> ORDER = Element::compare;

    private Element() {}

    static String field(String name) {
        return "f:" + name;
    }

    static String index(int index) {
        return "i:" + index;
    }

    static String value(JsonNode value) {
        return "v:" + json(value);
    }

    /**
     * @param keys in the order of their names
     */
    static String key(Map<String, JsonNode> keys) {
        StringJoiner text = new StringJoiner(",", "k:{", "}");
        keys.forEach((name, value) -> text.add('"' + name + "\":" + json(value)));
        return text.toString();
    }

    static boolean isField(String element) {
        return element.charAt(0) == 'f';
    }

    static boolean isKey(String element) {
        return element.charAt(0) == 'k';
    }

    /** What follows the kind. */
    static String text(String element) {
        return element.substring(2);
    }

    private static String json(JsonNode value) {
        if (value.isTextual() && isPlain(value.textValue())) {
            return '"' + value.textValue() + '"';
        }
        return value.isNumber() ? value.asText() : escaped(value.toString());
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || ESCAPED.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Go escapes what would be a tag in HTML. */
    private static String escaped(String text) {
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    /**
     * The one way to write an element that a client may have written otherwise.
     *
     * @throws IllegalArgumentException where it is none
     */
    static String canonical(String element) {
        if (element.length() < 2 || element.charAt(1) != ':') {
            throw new IllegalArgumentException("missing colon: " + element);
        }
        return switch (element.charAt(0)) {
            case 'f' -> element;
            case 'i' -> index(Integer.parseInt(text(element)));
            case 'v' -> value(parse(element));
            case 'k' -> key(sorted(parse(element)));
            default -> throw new IllegalArgumentException("unknown path element type");
        };
    }

    private static JsonNode parse(String element) {
        try {
            return MAPPER.readTree(text(element));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private static Map<String, JsonNode> sorted(JsonNode keys) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        (keys instanceof ObjectNode object ? object : none)
                .properties()
                .forEach(key -> sorted.put(key.getKey(), key.getValue()));
        return sorted;
    }

    /** As messages show it: {@code .spec}, {@code [name="web"]}, {@code [="a"]}, {@code [0]}. */
    static String shown(String element) {
        return switch (element.charAt(0)) {
            case 'f' -> "." + text(element);
            case 'v' -> "[=" + text(element) + "]";
            case 'k' -> {
                StringJoiner keys = new StringJoiner(",", "[", "]");
                parse(element)
                        .properties()
                        .forEach(key -> keys.add(key.getKey() + "=" + key.getValue()));
                yield keys.toString();
            }
            default -> "[" + text(element) + "]";
        };
    }

    private static int compare(String a, String b) {
        char kind = a.charAt(0);
        if (kind != b.charAt(0)) {
            return Integer.compare(KINDS.indexOf(kind), KINDS.indexOf(b.charAt(0)));
        }
        return kind == 'f' ? a.compareTo(b) : compareWithNumbers(a, b);
    }

    private static int compareWithNumbers(String a, String b) {
        int at = 0;
        int end = Math.min(a.length(), b.length());
        while (at < end && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        int start = at;
        while (start > 0 && isDigit(a, start - 1)) {
            start--;
        }
        boolean number = a.charAt(Math.max(start - 1, 0)) == ':';
        int digits = number ? Integer.compare(digits(a, start), digits(b, start)) : 0;
        return digits == 0 ? a.compareTo(b) : digits;
    }

    private static int digits(String text, int start) {
        int end = start;
        while (isDigit(text, end)) {
            end++;
        }
        return end - start;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
