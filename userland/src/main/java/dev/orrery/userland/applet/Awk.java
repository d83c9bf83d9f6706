package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code awk} as one-liners use it: a pattern or a comparison of a field, and {@code print} with
 * fields, literals, NR and NF. Whatever goes beyond is refused.
 */
final class Awk extends Lines {
    private static final Pattern RULE =
            Pattern.compile("\\s*([^{]*?)\\s*(?:\\{\\s*print\\b\\s*([^};]*?)\\s*;?\\s*\\}\\s*)?");
    private static final Pattern COMPARISON =
            Pattern.compile(
                    "(\\$\\w+|NR|NF)\\s*(==|!=|>=|<=|>|<|~|!~)\\s*(\"[^\"]*\"|/[^/]*/|-?\\d+)");

    private String condition = "";
    private List<String> printed = List.of();
    private @Nullable String separator;
    private int number;

    @Override
    List<String> begin(Task task) {
        Options options = new Options(arguments(task), "F:v:");
        separator = options.value('F');
        List<String> words = new ArrayList<>(options.operands());
        String program = words.isEmpty() ? "" : words.removeFirst();
        Matcher rule = RULE.matcher(program);
        boolean known =
                !program.isBlank()
                        && rule.matches()
                        && (rule.group(1).isEmpty()
                                || rule.group(1).matches("/.*/")
                                || COMPARISON.matcher(rule.group(1)).matches());
        if (!known) {
            complain(task, "cmd. line:1: not simulated: " + program);
            status(2);
            return List.of("/dev/null");
        }
        condition = rule.group(1);
        printed = parts(rule.group(2) == null ? "" : rule.group(2));
        return words;
    }

    /** Literals, fields and commas, as they stand. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        Matcher part = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[\\w$]+|,").matcher(text);
        while (part.find()) {
            parts.add(part.group());
        }
        return parts.isEmpty() ? List.of("$0") : parts;
    }

    @Override
    void line(Task task, String line) {
        number++;
        String[] fields = fields(line);
        if (!applies(line, fields)) {
            return;
        }
        StringBuilder out = new StringBuilder();
        for (String part : printed) {
            out.append(part.equals(",") ? " " : value(part, line, fields));
        }
        print(out + "\n");
    }

    private String[] fields(String line) {
        if (separator == null || separator.equals(" ")) {
            return line.isBlank() ? new String[0] : line.strip().split("\\s+");
        }
        String by = separator.length() == 1 ? Pattern.quote(separator) : separator;
        return line.split(by.equals("\\Q\\t\\E") ? "\t" : by, -1);
    }

    private boolean applies(String line, String[] fields) {
        if (condition.isEmpty()) {
            return true;
        }
        if (condition.startsWith("/")) {
            return Pattern.compile(condition.substring(1, condition.length() - 1))
                    .matcher(line)
                    .find();
        }
        Matcher comparison = COMPARISON.matcher(condition);
        if (!comparison.matches()) {
            return false;
        }
        String left = value(comparison.group(1), line, fields);
        String given = comparison.group(3);
        String operator = comparison.group(2);
        if (given.startsWith("/")) {
            boolean found =
                    Pattern.compile(given.substring(1, given.length() - 1)).matcher(left).find();
            return found == operator.equals("~");
        }
        int order =
                given.startsWith("\"")
                        ? left.compareTo(value(given, line, fields))
                        : Double.compare(toNumber(left), Double.parseDouble(given));
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            case ">=" -> order >= 0;
            default -> order <= 0;
        };
    }

    private static double toNumber(String text) {
        Matcher matcher = Pattern.compile("\\s*(-?\\d{1,15}(\\.\\d{1,15})?)").matcher(text);
        return matcher.lookingAt() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    private String value(String part, String line, String[] fields) {
        if (part.startsWith("\"")) {
            return part.substring(1, part.length() - 1)
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
                    .replace("\\\"", "\"");
        }
        if (part.equals("$0")) {
            return line;
        }
        if (part.equals("$NF")) {
            return fields.length == 0 ? "" : fields[fields.length - 1];
        }
        if (part.matches("\\$\\d{1,4}")) {
            int index = Integer.parseInt(part.substring(1));
            return index <= fields.length ? fields[index - 1] : "";
        }
        return switch (part) {
            case "NR" -> Integer.toString(number);
            case "NF" -> Integer.toString(fields.length);
            default -> part.matches("\\d+") ? part : "";
        };
    }
}
