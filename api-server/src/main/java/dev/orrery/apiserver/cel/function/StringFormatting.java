package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.types.ListType;
import java.util.List;

/** {@code '%s has %d'.format([name, count])}. */
final class StringFormatting {

    private StringFormatting() {}

    static void addTo(Functions to) {
        to.member(
                "format",
                "string_format",
                STRING,
                a -> format((String) a[0], (List<?>) a[1]),
                STRING,
                ListType.create(DYN));
    }

    private static String format(String pattern, List<?> arguments) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < pattern.length(); ) {
            char c = pattern.charAt(i);
            if (c != '%') {
                text.append(c);
                i++;
            } else if (i + 1 < pattern.length() && pattern.charAt(i + 1) == '%') {
                text.append('%');
                i += 2;
            } else {
                if (next >= arguments.size()) {
                    throw new FunctionFailure("index " + next + " out of range");
                }
                i = clause(pattern, i + 1, arguments.get(next++), text);
            }
        }
        return text.toString();
    }

    /** Answers where the rest begins. */
    private static int clause(String pattern, int start, Object argument, StringBuilder text) {
        int end = start;
        int precision = -1;
        if (end < pattern.length() && pattern.charAt(end) == '.') {
            end++;
            while (end < pattern.length() && Character.isDigit(pattern.charAt(end))) {
                end++;
            }
            precision = precision(pattern.substring(start + 1, end));
        }
        if (end >= pattern.length()) {
            throw new FunctionFailure("unexpected end of string");
        }
        text.append(FormatClause.of(pattern.charAt(end), argument, precision));
        return end + 1;
    }

    private static int precision(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            throw new FunctionFailure(
                    "could not parse formatting clause: error while parsing precision: error while"
                            + " converting precision to integer: strconv.Atoi: parsing \""
                            + digits
                            + "\": invalid syntax");
        }
        return Integer.parseInt(digits);
    }
}
