package dev.orrery.userland.shell;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Integer expressions of {@code $((...))}, by precedence climbing. */
final class Arithmetic {
    private static final List<List<String>> LEVELS =
            List.of(
                    List.of("||"),
                    List.of("&&"),
                    List.of("|"),
                    List.of("^"),
                    List.of("&"),
                    List.of("==", "!="),
                    List.of("<=", ">=", "<", ">"),
                    List.of("<<", ">>"),
                    List.of("+", "-"),
                    List.of("*", "/", "%"));

    private final String text;
    private final UnaryOperator<String> variables;
    private final BiConsumer<String, String> assign;
    private int at;
    private int skipped;
    private int depth;

    private Arithmetic(
            String text, UnaryOperator<String> variables, BiConsumer<String, String> assign) {
        this.text = text;
        this.variables = variables;
        this.assign = assign;
    }

    static long evaluate(
            String text, UnaryOperator<String> variables, BiConsumer<String, String> assign) {
        if (text.isBlank()) {
            return 0;
        }
        Arithmetic arithmetic = new Arithmetic(text, variables, assign);
        long value = arithmetic.assignment();
        arithmetic.blanks();
        if (arithmetic.at < text.length()) {
            throw arithmetic.error("expecting EOF");
        }
        return value;
    }

    private ShellError error(String why) {
        return new ShellError("arithmetic expression: " + why + ": \"" + text + "\"");
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(String operator) {
        blanks();
        if (!text.startsWith(operator, at)) {
            return false;
        }
        String after =
                text.substring(
                        at + operator.length(),
                        Math.min(text.length(), at + operator.length() + 1));
        if ("|&<>".contains(operator) && (after.equals(operator) || after.equals("="))) {
            return false;
        }
        if ("+-*/%^".contains(operator) && after.equals("=")) {
            return false;
        }
        at += operator.length();
        return true;
    }

    private String name() {
        blanks();
        int end = at;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end > at && !Character.isDigit(text.charAt(at)) ? text.substring(at, end) : "";
    }

    private long assignment() {
        if (++depth > 500) {
            throw error("too deep");
        }
        int before = at;
        String name = name();
        if (!name.isEmpty()) {
            at += name.length();
            blanks();
            for (String operator :
                    List.of("=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^=")) {
                if (text.startsWith(operator, at) && !text.startsWith("==", at)) {
                    at += operator.length();
                    long right = assignment();
                    long value =
                            operator.equals("=")
                                    ? right
                                    : apply(
                                            operator.substring(0, operator.length() - 1),
                                            variable(name),
                                            right);
                    if (skipped == 0) {
                        assign.accept(name, Long.toString(value));
                    }
                    depth--;
                    return value;
                }
            }
            at = before;
        }
        long value = conditional();
        depth--;
        return value;
    }

    private long conditional() {
        long condition = binary(0);
        if (!take("?")) {
            return condition;
        }
        long yes = lazily(condition != 0, this::assignment);
        if (!take(":")) {
            throw error("expecting ':'");
        }
        long no = lazily(condition == 0, this::conditional);
        return condition != 0 ? yes : no;
    }

    private long lazily(boolean wanted, java.util.function.LongSupplier operand) {
        skipped += wanted ? 0 : 1;
        long value = operand.getAsLong();
        skipped -= wanted ? 0 : 1;
        return value;
    }

    private long binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        long left = binary(level + 1);
        while (true) {
            String operator = LEVELS.get(level).stream().filter(this::take).findFirst().orElse("");
            if (operator.isEmpty()) {
                return left;
            }
            boolean needed =
                    operator.equals("&&") ? left != 0 : !operator.equals("||") || left == 0;
            long right = lazily(needed, () -> binary(level + 1));
            left =
                    skipped > 0 && (operator.equals("/") || operator.equals("%"))
                            ? 0
                            : apply(operator, left, right);
        }
    }

    private long apply(String operator, long a, long b) {
        return switch (operator) {
            case "||" -> a != 0 || b != 0 ? 1 : 0;
            case "&&" -> a != 0 && b != 0 ? 1 : 0;
            case "|" -> a | b;
            case "^" -> a ^ b;
            case "&" -> a & b;
            case "==" -> a == b ? 1 : 0;
            case "!=" -> a != b ? 1 : 0;
            case "<=" -> a <= b ? 1 : 0;
            case ">=" -> a >= b ? 1 : 0;
            case "<" -> a < b ? 1 : 0;
            case ">" -> a > b ? 1 : 0;
            case "<<" -> a << b;
            case ">>" -> a >> b;
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            default -> divide(operator, a, b);
        };
    }

    private long divide(String operator, long a, long b) {
        if (b == 0) {
            throw error("division by zero");
        }
        return operator.equals("/") ? a / b : a % b;
    }

    private long unary() {
        if (++depth > 500) {
            throw error("too deep");
        }
        try {
            if (take("!")) {
                return unary() == 0 ? 1 : 0;
            }
            if (take("~")) {
                return ~unary();
            }
            if (take("-")) {
                return -unary();
            }
            if (take("+")) {
                return unary();
            }
            return primary();
        } finally {
            depth--;
        }
    }

    private long primary() {
        if (take("(")) {
            long value = assignment();
            if (!take(")")) {
                throw error("expecting ')'");
            }
            return value;
        }
        String name = name();
        if (!name.isEmpty()) {
            at += name.length();
            return variable(name);
        }
        int end = at;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            throw error("expecting primary");
        }
        String digits = text.substring(at, end);
        at = end;
        return number(digits);
    }

    private long variable(String name) {
        String value = variables.apply(name).strip();
        return value.isEmpty()
                ? 0
                : value.startsWith("-") ? -number(value.substring(1)) : number(value);
    }

    private long number(String digits) {
        try {
            return Long.decode(digits);
        } catch (NumberFormatException notANumber) {
            if (digits.matches("\\d+")) {
                return Long.MAX_VALUE;
            }
            throw new ShellError("Illegal number: " + digits);
        }
    }
}
