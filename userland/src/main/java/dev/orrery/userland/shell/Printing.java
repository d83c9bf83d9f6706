package dev.orrery.userland.shell;

import java.util.List;

/** What {@code echo} and {@code printf} print. */
public final class Printing {
    private Printing() {}

    /** Echo of dash interprets escapes always; that of others only with -e. */
    public static String echo(List<String> words, boolean dash) {
        int first = 0;
        boolean newline = true;
        boolean escapes = dash;
        while (first < words.size() && words.get(first).matches(dash ? "-n" : "-[neE]+")) {
            newline &= words.get(first).indexOf('n') < 0;
            escapes |= words.get(first).indexOf('e') > 0;
            first++;
        }
        String text = String.join(" ", words.subList(first, words.size()));
        int stop = escapes ? text.indexOf("\\c") : -1;
        if (stop >= 0) {
            return escaped(text.substring(0, stop), true);
        }
        return (escapes ? escaped(text, true) : text) + (newline ? "\n" : "");
    }

    /** Replaces backslash escapes; octal ones are \0nnn in echo and %b, and \nnn in formats. */
    static String escaped(String text, boolean zero) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            int plain = "abfnrtv\\e".indexOf(next);
            if (plain >= 0) {
                out.append("\u0007\b\f\n\r\t\u000b\\\u001b".charAt(plain));
            } else if (next >= '0' && next <= '7') {
                int start = zero && next == '0' ? i + 1 : i;
                int end = start;
                while (end < text.length()
                        && end < start + 3
                        && text.charAt(end) >= '0'
                        && text.charAt(end) <= '7') {
                    end++;
                }
                out.append(
                        (char)
                                (end == start
                                        ? 0
                                        : Integer.parseInt(text.substring(start, end), 8) & 0xff));
                i = end - 1;
            } else {
                out.append('\\').append(next);
            }
        }
        return out.toString();
    }

    /** The format is used again while arguments are left. */
    public static String printf(String format, List<String> arguments) {
        StringBuilder out = new StringBuilder();
        int next = 0;
        do {
            int before = next;
            next = once(format, arguments, next, out);
            if (next == before) {
                break;
            }
        } while (next < arguments.size());
        return out.toString();
    }

    private static int once(String format, List<String> arguments, int first, StringBuilder out) {
        int next = first;
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                literal.append(c);
                continue;
            }
            out.append(escaped(literal.toString(), false));
            literal.setLength(0);
            if (i + 1 < format.length() && format.charAt(i + 1) == '%') {
                out.append('%');
                i++;
                continue;
            }
            int end = i + 1;
            StringBuilder flags = new StringBuilder();
            while (end < format.length() && "-+ #0123456789.*".indexOf(format.charAt(end)) >= 0) {
                if (format.charAt(end) == '*') {
                    flags.append(next < arguments.size() ? arguments.get(next++) : "");
                } else {
                    flags.append(format.charAt(end));
                }
                end++;
            }
            if (end == format.length()) {
                throw new ShellError("printf: %: invalid directive");
            }
            String argument = next < arguments.size() ? arguments.get(next) : "";
            next = Math.min(arguments.size(), next + 1);
            out.append(one(flags.toString(), format.charAt(end), argument));
            i = end;
        }
        out.append(escaped(literal.toString(), false));
        return next;
    }

    private static String one(String flags, char conversion, String argument) {
        String safe = flags.length() > 12 ? "" : flags;
        try {
            return switch (conversion) {
                case 's' ->
                        String.format(
                                "%" + safe.replace("0", safe.startsWith("0") ? "" : "0") + "s",
                                argument);
                case 'b' -> String.format("%" + safe + "s", escaped(argument, true));
                case 'c' -> argument.isEmpty() ? "" : argument.substring(0, 1);
                case 'd', 'i', 'u' -> String.format("%" + safe + "d", integer(argument));
                case 'o', 'x', 'X' -> String.format("%" + safe + conversion, integer(argument));
                case 'f', 'e', 'E', 'g', 'G' ->
                        String.format(
                                "%" + safe + conversion,
                                argument.isEmpty() ? 0.0 : Double.parseDouble(argument));
                default -> throw new ShellError("printf: %" + conversion + ": invalid directive");
            };
        } catch (IllegalArgumentException malformed) {
            throw new ShellError("printf: " + argument + ": expected numeric value");
        }
    }

    private static long integer(String argument) {
        if (argument.isEmpty()) {
            return 0;
        }
        return argument.startsWith("'") || argument.startsWith("\"")
                ? argument.length() > 1 ? argument.charAt(1) : 0
                : Long.decode(argument.strip());
    }
}
