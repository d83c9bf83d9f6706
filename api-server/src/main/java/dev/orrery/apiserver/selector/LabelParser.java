package dev.orrery.apiserver.selector;

import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.selector.LabelSelector.Requirement;
import dev.orrery.apiserver.selector.LabelSelector.Requirement.Operator;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1,m<2}. Recursive descent over the tokens of
 * the text; made for one text.
 */
final class LabelParser {

    private static final String SPECIAL = "()=!<>,";

    private final List<String> tokens;
    private int next;

    LabelParser(String text) {
        tokens = tokens(text);
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            int end = SPECIAL.indexOf(c) >= 0 ? endOfSymbol(text, i) : endOfWord(text, i);
            tokens.add(text.substring(i, end));
            i = end;
        }
        return tokens;
    }

    private static int endOfSymbol(String text, int start) {
        boolean two = text.startsWith("==", start) || text.startsWith("!=", start);
        return start + (two ? 2 : 1);
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length()
                && SPECIAL.indexOf(text.charAt(end)) < 0
                && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    List<Requirement> parse() {
        List<Requirement> requirements = new ArrayList<>();
        while (true) {
            requirements.add(requirement());
            if (peek().isEmpty()) {
                return requirements;
            }
            expect(",", "',' or 'end of string'");
            if (peek().isEmpty()) {
                throw found("identifier after ','");
            }
        }
    }

    private Requirement requirement() {
        if (peek().equals("!")) {
            take();
            return new Requirement(key(), Operator.NOT_EXISTS, Set.of());
        }
        String key = key();
        if (peek().isEmpty() || peek().equals(",")) {
            return new Requirement(key, Operator.EXISTS, Set.of());
        }
        return switch (take()) {
            case "=", "==" -> new Requirement(key, Operator.IN, Set.of(value(key)));
            case "!=" -> new Requirement(key, Operator.NOT_IN, Set.of(value(key)));
            case ">" -> new Requirement(key, Operator.GREATER, Set.of(number(key)));
            case "<" -> new Requirement(key, Operator.LESS, Set.of(number(key)));
            case "in" -> new Requirement(key, Operator.IN, values(key));
            case "notin" -> new Requirement(key, Operator.NOT_IN, values(key));
            default -> {
                next--;
                throw found("in, notin, =, ==, !=, gt, lt");
            }
        };
    }

    private String key() {
        if (peek().isEmpty() || isSymbol(peek())) {
            throw found("!, identifier, or 'end of string'");
        }
        String key = take();
        List<String> faults = Labels.keyFaults(key);
        if (!faults.isEmpty()) {
            throw fault("key: Invalid value: \"" + key + "\": " + String.join("; ", faults));
        }
        return key;
    }

    private String value(String key) {
        if (peek().isEmpty() || peek().equals(",")) {
            return "";
        }
        if (isSymbol(peek())) {
            throw found("identifier");
        }
        return checked(key, take());
    }

    private static String checked(String key, String value) {
        List<String> faults = Labels.valueFaults(value);
        if (!faults.isEmpty()) {
            throw fault(
                    "values[0]["
                            + key
                            + "]: Invalid value: \""
                            + value
                            + "\": "
                            + String.join("; ", faults));
        }
        return value;
    }

    private String number(String key) {
        String value = value(key);
        if (!value.matches("-?\\d+")) {
            throw fault(
                    "values[0]: Invalid value: \""
                            + value
                            + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
        return value;
    }

    private Set<String> values(String key) {
        expect("(", "'('");
        Set<String> values = new LinkedHashSet<>();
        while (true) {
            boolean nothing = peek().equals(",") || peek().equals(")");
            values.add(nothing ? "" : value(key));
            if (peek().equals(")")) {
                take();
                return values;
            }
            expect(",", "',', or ')'");
        }
    }

    private void expect(String token, String described) {
        if (!peek().equals(token)) {
            throw found(described);
        }
        take();
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        return tokens.get(next++);
    }

    private static boolean isSymbol(String token) {
        return SPECIAL.indexOf(token.charAt(0)) >= 0;
    }

    private StatusException found(String expected) {
        return fault("found '" + peek() + "', expected: " + expected);
    }

    private static StatusException fault(String what) {
        return Refusals.badRequest("unable to parse requirement: " + what);
    }
}
