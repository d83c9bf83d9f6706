package dev.orrery.kubelet.environment;

import java.util.Map;

/**
 * References to variables in values, commands and arguments: {@code $(NAME)} is replaced by the
 * value of a variable that exists, and left as it is where there is none; {@code $$} is a dollar
 * sign.
 */
final class Expansion {

    private Expansion() {}

    static String expand(String text, Map<String, String> variables) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int end = i + 1 < text.length() && text.charAt(i) == '$' ? i + 1 : -1;
            if (end < 0) {
                expanded.append(text.charAt(i++));
            } else if (text.charAt(end) == '$') {
                expanded.append('$');
                i += 2;
            } else if (text.charAt(end) == '(' && text.indexOf(')', end) >= 0) {
                int close = text.indexOf(')', end);
                String value = variables.get(text.substring(end + 1, close));
                expanded.append(value == null ? text.substring(i, close + 1) : value);
                i = close + 1;
            } else {
                expanded.append(text.charAt(i++));
            }
        }
        return expanded.toString();
    }
}
