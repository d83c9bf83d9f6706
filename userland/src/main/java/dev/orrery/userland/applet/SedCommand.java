package dev.orrery.userland.applet;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One command of a sed script: where it applies and what it does. */
final class SedCommand {
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    /** A line number, the last line, or a pattern. */
    private record Address(int line, boolean last, @Nullable Pattern pattern) {
        boolean matches(String text, int number, boolean isLast) {
            return pattern != null ? pattern.matcher(text).find() : last ? isLast : number == line;
        }
    }

    private @Nullable Address first;
    private @Nullable Address second;
    private boolean negated;
    private boolean inside;
    private char letter;
    private Pattern pattern = NOTHING;
    private String replacement = "";
    private String text = "";
    private String from = "";
    private String to = "";
    private boolean global;
    private boolean prints;
    private int nth;

    private SedCommand() {}

    static List<SedCommand> parse(String script, boolean extended) {
        List<SedCommand> commands = new ArrayList<>();
        Reader reader = new Reader(script);
        while (reader.skip(" \t\n;")) {
            SedCommand command = new SedCommand();
            command.read(reader, extended);
            commands.add(command);
        }
        return commands;
    }

    private void read(Reader in, boolean extended) {
        first = address(in, extended);
        if (first != null && in.peek() == ',') {
            in.next();
            second = address(in, extended);
        }
        in.skip(" \t");
        if (in.peek() == '!') {
            negated = true;
            in.next();
        }
        letter = in.next();
        switch (letter) {
            case 'p', 'd', 'q', '=' -> {}
            case 's' -> readSubstitution(in, extended);
            case 'y' -> {
                char delimiter = in.next();
                from = in.until(delimiter);
                to = in.until(delimiter);
            }
            case 'a', 'i', 'c' -> {
                in.skip(" \t\\\n");
                text = in.rest();
            }
            default -> throw new IllegalArgumentException("unknown command");
        }
    }

    private void readSubstitution(Reader in, boolean extended) {
        char delimiter = in.next();
        String regex = in.until(delimiter);
        replacement = in.until(delimiter);
        boolean ignoreCase = false;
        while (in.peek() != 0 && "gpiI0123456789".indexOf(in.peek()) >= 0) {
            char flag = in.next();
            global |= flag == 'g';
            prints |= flag == 'p';
            ignoreCase |= flag == 'i' || flag == 'I';
            nth = Character.isDigit(flag) ? nth * 10 + flag - '0' : nth;
        }
        pattern = Sed.compile(regex, extended, ignoreCase);
    }

    private static @Nullable Address address(Reader in, boolean extended) {
        char c = in.peek();
        if (c == '$') {
            in.next();
            return new Address(0, true, null);
        }
        if (c == '/') {
            in.next();
            return new Address(0, false, Sed.compile(in.until('/'), extended, false));
        }
        int number = 0;
        boolean any = false;
        while (Character.isDigit(in.peek()) && number < 100_000_000) {
            number = number * 10 + in.next() - '0';
            any = true;
        }
        return any ? new Address(number, false, null) : null;
    }

    boolean applies(String line, int number, boolean last) {
        return matches(line, number, last) != negated;
    }

    private boolean matches(String line, int number, boolean last) {
        if (first == null) {
            return true;
        }
        if (second == null) {
            return first.matches(line, number, last);
        }
        if (inside) {
            boolean ends =
                    (second.pattern() == null && !second.last())
                            ? number >= second.line()
                            : second.matches(line, number, last);
            inside = !ends;
            return true;
        }
        boolean begins = first.matches(line, number, last);
        boolean over = second.pattern() == null && !second.last() && second.line() <= number;
        inside = begins && !over;
        return begins;
    }

    char letter() {
        return letter;
    }

    String text() {
        return text;
    }

    Pattern pattern() {
        return pattern;
    }

    boolean global() {
        return global;
    }

    boolean prints() {
        return prints;
    }

    int nth() {
        return nth;
    }

    String transliterated(String line) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            int at = from.indexOf(line.charAt(i));
            out.append(at >= 0 && at < to.length() ? to.charAt(at) : line.charAt(i));
        }
        return out.toString();
    }

    /** With & and the groups of the match in it. */
    String replacement(Matcher match) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c == '&') {
                out.append(match.group());
            } else if (c != '\\' || i + 1 == replacement.length()) {
                out.append(c);
            } else {
                char next = replacement.charAt(++i);
                if (Character.isDigit(next) && next - '0' <= match.groupCount()) {
                    String group = match.group(next - '0');
                    out.append(group == null ? "" : group);
                } else {
                    out.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
                }
            }
        }
        return out.toString();
    }

    /** The script's characters, one after the other; 0 is its end. */
    private static final class Reader {
        private final String script;
        private int at;

        Reader(String script) {
            this.script = script;
        }

        char peek() {
            return at < script.length() ? script.charAt(at) : 0;
        }

        char next() {
            if (at >= script.length()) {
                throw new IllegalArgumentException("script ends too early");
            }
            return script.charAt(at++);
        }

        /** Whether anything is left after those characters. */
        boolean skip(String characters) {
            while (peek() != 0 && characters.indexOf(peek()) >= 0) {
                at++;
            }
            return at < script.length();
        }

        String until(char delimiter) {
            StringBuilder out = new StringBuilder();
            for (char c = next(); c != delimiter; c = next()) {
                if (c == '\\' && peek() == delimiter) {
                    out.append(next());
                } else if (c == '\\') {
                    out.append(c).append(next());
                } else {
                    out.append(c);
                }
            }
            return out.toString();
        }

        String rest() {
            String rest = script.substring(at);
            at = script.length();
            return rest;
        }
    }
}
