package dev.orrery.acceptance.scenario;

import java.util.List;
import java.util.regex.Matcher;

/**
 * What a command must print. {@code <word>} stands for any run of characters without a space,
 * {@code <...>} for any characters of the line, and a line {@code ...} for any number of lines.
 * Runs of spaces count as one, since the width of a column depends on what is in the others.
 */
final class Pattern {

    private static final java.util.regex.Pattern HOLE =
            java.util.regex.Pattern.compile("<\\.\\.\\.>|<[a-z-]+>");
    private static final java.util.regex.Pattern SPACES =
            java.util.regex.Pattern.compile("[ \\t]+");

    private final List<String> lines;
    private final java.util.regex.Pattern regex;

    Pattern(List<String> lines) {
        this.lines = List.copyOf(lines);
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line.equals("...") ? "(?:.*\\n)*?" : regexOf(line) + "\\n");
        }
        this.regex = java.util.regex.Pattern.compile(text.toString());
    }

    boolean matches(String output) {
        return regex.matcher(normal(output)).matches();
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    private static String normal(String output) {
        StringBuilder text = new StringBuilder();
        output.lines().forEach(line -> text.append(normalLine(line)).append('\n'));
        return text.toString();
    }

    private static String normalLine(String line) {
        return SPACES.matcher(line).replaceAll(" ").stripTrailing();
    }

    private static String regexOf(String line) {
        String normal = normalLine(line);
        StringBuilder regex = new StringBuilder();
        Matcher holes = HOLE.matcher(normal);
        int from = 0;
        while (holes.find()) {
            regex.append(java.util.regex.Pattern.quote(normal.substring(from, holes.start())));
            regex.append(holes.group().equals("<...>") ? ".*" : "\\S+");
            from = holes.end();
        }
        return regex.append(java.util.regex.Pattern.quote(normal.substring(from))).toString();
    }
}
