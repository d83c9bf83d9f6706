package dev.orrery.userland.applet;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;

/** The language of {@code expr}. Throws IllegalArgumentException for what is none of it. */
final class Expr {
    private static final int LONGEST_NUMBER = 40;

    private final List<String> words;
    private int at;

    private Expr(List<String> words) {
        this.words = words;
    }

    static String evaluate(List<String> words) {
        Expr expr = new Expr(words);
        String value = expr.or();
        if (expr.at < words.size()) {
            throw new IllegalArgumentException("syntax error");
        }
        return value;
    }

    private boolean next(String... operators) {
        return at < words.size() && List.of(operators).contains(words.get(at));
    }

    private String take() {
        if (at == words.size()) {
            throw new IllegalArgumentException("syntax error");
        }
        return words.get(at++);
    }

    private static boolean truth(String value) {
        return !value.isEmpty() && !value.equals("0");
    }

    private String or() {
        String left = and();
        while (next("|")) {
            take();
            String right = and();
            left = truth(left) ? left : truth(right) ? right : "0";
        }
        return left;
    }

    private String and() {
        String left = comparison();
        while (next("&")) {
            take();
            String right = comparison();
            left = truth(left) && truth(right) ? left : "0";
        }
        return left;
    }

    private String comparison() {
        String left = sum();
        while (next("=", "==", "!=", "<", "<=", ">", ">=")) {
            String operator = take();
            String right = sum();
            int order =
                    isNumber(left) && isNumber(right)
                            ? new BigInteger(left).compareTo(new BigInteger(right))
                            : left.compareTo(right);
            boolean holds =
                    switch (operator) {
                        case "=", "==" -> order == 0;
                        case "!=" -> order != 0;
                        case "<" -> order < 0;
                        case "<=" -> order <= 0;
                        case ">" -> order > 0;
                        default -> order >= 0;
                    };
            left = holds ? "1" : "0";
        }
        return left;
    }

    private String sum() {
        String left = product();
        while (next("+", "-")) {
            boolean plus = take().equals("+");
            BigInteger right = number(product());
            BigInteger value = number(left);
            left = (plus ? value.add(right) : value.subtract(right)).toString();
        }
        return left;
    }

    private String product() {
        String left = match();
        while (next("*", "/", "%")) {
            String operator = take();
            BigInteger right = number(match());
            BigInteger value = number(left);
            left =
                    switch (operator) {
                        case "*" -> value.multiply(right).toString();
                        case "/" -> value.divide(right).toString();
                        default -> value.remainder(right).toString();
                    };
        }
        return left;
    }

    private String match() {
        String left = primary();
        while (next(":")) {
            take();
            left = matched(left, primary());
        }
        return left;
    }

    private static String matched(String text, String regex) {
        Matcher matcher = Sed.compile(regex, false, false).matcher(text);
        boolean found = matcher.lookingAt();
        if (matcher.groupCount() > 0) {
            return found && matcher.group(1) != null ? matcher.group(1) : "";
        }
        return found ? Integer.toString(matcher.end()) : "0";
    }

    private String primary() {
        String word = take();
        return switch (word) {
            case "(" -> {
                String value = or();
                if (!take().equals(")")) {
                    throw new IllegalArgumentException("syntax error");
                }
                yield value;
            }
            case "length" -> at < words.size() ? Integer.toString(take().length()) : word;
            case "substr" -> {
                String text = take();
                int first = number(take()).intValue();
                int length = number(take()).intValue();
                int begin = Math.clamp(first - 1L, 0, text.length());
                yield first < 1 || length < 1
                        ? ""
                        : text.substring(
                                begin, (int) Math.min(text.length(), begin + (long) length));
            }
            case "index" -> {
                String text = take();
                String characters = take();
                int found = 0;
                for (int i = 0; i < text.length() && found == 0; i++) {
                    found = characters.indexOf(text.charAt(i)) >= 0 ? i + 1 : 0;
                }
                yield Integer.toString(found);
            }
            case "match" -> {
                String text = take();
                yield matched(text, take());
            }
            default -> word;
        };
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d{1," + LONGEST_NUMBER + "}");
    }

    private static BigInteger number(String text) {
        if (!isNumber(text)) {
            throw new IllegalArgumentException("non-numeric argument");
        }
        return new BigInteger(text);
    }
}
