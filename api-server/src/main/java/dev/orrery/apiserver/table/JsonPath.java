package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path into an object, as columns of custom resources write it: {@code .spec.replicas}, {@code
 * .status.conditions[?(@.type=="Ready")].status}. What it leads to that is not there is left out.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubectl/jsonpath/">JSONPath support</a>
 */
final class JsonPath {

    /** One step from some values to others. */
    private interface Step {
        void from(JsonNode value, List<JsonNode> to);
    }

    private final List<Step> steps;

    private JsonPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * @throws IllegalArgumentException where the text is no path
     */
    static JsonPath parse(String text) {
        return new JsonPath(new Parser(text).steps());
    }

    /** What the path leads to. */
    List<JsonNode> find(JsonNode object) {
        List<JsonNode> values = List.of(object);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode value : values) {
                step.from(value, next);
            }
            values = next;
        }
        return values;
    }

    private static void add(@Nullable JsonNode value, List<JsonNode> to) {
        if (value != null) {
            to.add(value);
        }
    }

    /** Reads one path, once. */
    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '.') {
                    at++;
                    if (at < text.length() && text.charAt(at) == '.') {
                        at++;
                        steps.add(descendants());
                    } else if (at < text.length() && text.charAt(at) != '[') {
                        steps.add(field(name()));
                    }
                } else if (c == '[') {
                    steps.add(inBrackets());
                } else {
                    steps.add(field(name()));
                }
            }
            return steps;
        }

        private String name() {
            StringBuilder name = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                name.append(text.charAt(at++));
            }
            return name.toString();
        }

        private static Step field(String name) {
            if (name.equals("*")) {
                return (value, to) -> value.forEach(to::add);
            }
            return (value, to) -> add(value.get(name), to);
        }

        private Step descendants() {
            String name = name();
            return (value, to) -> to.addAll(value.findValues(name));
        }

        private Step inBrackets() {
            int end = end();
            String inside = text.substring(at + 1, end).strip();
            at = end + 1;
            if (inside.startsWith("?(") && inside.endsWith(")")) {
                return Filter.parse(inside.substring(2, inside.length() - 1));
            }
            if (inside.startsWith("'") || inside.startsWith("\"")) {
                return field(inside.substring(1, inside.length() - 1));
            }
            if (inside.equals("*")) {
                return (value, to) -> value.forEach(to::add);
            }
            return Slice.parse(inside);
        }

        /** Of the brackets: quoted ones do not count, and those within do in pairs. */
        private int end() {
            int depth = 0;
            char quote = 0;
            for (int i = at; i < text.length(); i++) {
                char c = text.charAt(i);
                if (quote != 0) {
                    quote = c == quote ? 0 : quote;
                } else if (c == '\'' || c == '"') {
                    quote = c;
                } else if (c == '[') {
                    depth++;
                } else if (c == ']' && --depth == 0) {
                    return i;
                }
            }
            throw new IllegalArgumentException("unterminated array");
        }
    }

    /** {@code [0]}, {@code [-1]}, {@code [1:3]}, {@code [0:]}. */
    private record Slice(@Nullable Integer from, @Nullable Integer to, boolean one)
            implements Step {

        static Slice parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length > 2) {
                throw new IllegalArgumentException("invalid array index " + text);
            }
            return new Slice(
                    number(parts[0]),
                    parts.length == 1 ? null : number(parts[1]),
                    parts.length == 1);
        }

        private static @Nullable Integer number(String text) {
            return text.isBlank() ? null : (Integer) Integer.parseInt(text.strip());
        }

        @Override
        public void from(JsonNode value, List<JsonNode> into) {
            if (!value.isArray()) {
                return;
            }
            int size = value.size();
            int first = from == null ? 0 : from < 0 ? size + from : from;
            int last = one ? first + 1 : to == null ? size : to < 0 ? size + to : to;
            for (int i = Math.max(first, 0); i < Math.min(last, size); i++) {
                into.add(value.get(i));
            }
        }
    }

    /** {@code ?(@.type=="Ready")}. */
    private record Filter(JsonPath left, String operator, @Nullable String right) implements Step {

        private static final List<String> OPERATORS = List.of("==", "!=", ">=", "<=", ">", "<");

        static Filter parse(String text) {
            for (String operator : OPERATORS) {
                int at = text.indexOf(operator);
                if (at > 0) {
                    return new Filter(
                            path(text.substring(0, at)),
                            operator,
                            literal(text.substring(at + operator.length()).strip()));
                }
            }
            return new Filter(path(text), "exists", null);
        }

        private static JsonPath path(String text) {
            String stripped = text.strip();
            return JsonPath.parse(stripped.startsWith("@") ? stripped.substring(1) : stripped);
        }

        private static String literal(String text) {
            boolean quoted =
                    text.length() > 1
                            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                            && text.charAt(text.length() - 1) == text.charAt(0);
            return quoted ? text.substring(1, text.length() - 1) : text;
        }

        @Override
        public void from(JsonNode value, List<JsonNode> into) {
            for (JsonNode item : value) {
                List<JsonNode> found = left.find(item);
                if (!found.isEmpty() && holds(found.getFirst())) {
                    into.add(item);
                }
            }
        }

        private boolean holds(JsonNode found) {
            if (right == null) {
                return true;
            }
            int compared = compare(found, right);
            return switch (operator) {
                case "==" -> compared == 0;
                case "!=" -> compared != 0;
                case ">=" -> compared >= 0;
                case "<=" -> compared <= 0;
                case ">" -> compared > 0;
                default -> compared < 0;
            };
        }

        private static int compare(JsonNode found, String wanted) {
            if (found.isNumber()) {
                try {
                    return Double.compare(found.doubleValue(), Double.parseDouble(wanted));
                } catch (NumberFormatException _) {
                    return found.asText().compareTo(wanted);
                }
            }
            return found.asText(found.toString()).compareTo(wanted);
        }
    }
}
