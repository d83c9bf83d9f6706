package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The filters that are few lines each. */
final class Filters {
    private Filters() {}

    static final class Cat extends Filter {
        private boolean numbers;
        private boolean lineBegins = true;
        private int number;

        @Override
        List<String> begin(Task task) {
            Options options = new Options(arguments(task), "");
            numbers = options.has('n');
            return options.operands();
        }

        @Override
        void bytes(Task task, String chunk) {
            if (!numbers) {
                print(chunk);
                return;
            }
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < chunk.length(); i++) {
                if (lineBegins) {
                    out.append(String.format("%6d\t", ++number));
                }
                out.append(chunk.charAt(i));
                lineBegins = chunk.charAt(i) == '\n';
            }
            print(out.toString());
        }

        @Override
        String cannot(Task task, String name, FileException refused) {
            return isBusybox(task)
                    ? Applet.cannot(task, "open", name, refused)
                    : name + ": " + refused.getMessage();
        }
    }

    static final class Head extends Filter {
        private int most = 10;
        private boolean bytes;
        private int seen;

        @Override
        List<String> begin(Task task) {
            List<String> words =
                    arguments(task).stream()
                            .map(word -> word.matches("-\\d+") ? "-n" + word.substring(1) : word)
                            .toList();
            Options options = new Options(words, "n:c:");
            bytes = options.value('c') != null;
            String count = bytes ? options.value('c') : options.value('n');
            most = count != null && count.matches("\\d{1,9}") ? Integer.parseInt(count) : 10;
            return options.operands();
        }

        @Override
        void bytes(Task task, String chunk) {
            int end = 0;
            while (end < chunk.length() && seen < most) {
                seen += bytes || chunk.charAt(end) == '\n' ? 1 : 0;
                end++;
            }
            print(chunk.substring(0, end));
            if (seen >= most) {
                enough();
            }
        }

        @Override
        void ended(Task task) {
            seen = 0;
        }
    }

    static final class Wc extends Filter {
        private String letters = "";
        private String name = "";
        private long lines;
        private long words;
        private long bytes;
        private boolean inWord;

        @Override
        List<String> begin(Task task) {
            Options options = new Options(arguments(task), "");
            letters =
                    (options.has('l') ? "l" : "")
                            + (options.has('w') ? "w" : "")
                            + (options.has('c') ? "c" : "");
            return options.operands();
        }

        @Override
        void opened(String file) {
            name = file.equals("-") ? "" : " " + file;
        }

        @Override
        void bytes(Task task, String chunk) {
            bytes += chunk.length();
            for (int i = 0; i < chunk.length(); i++) {
                lines += chunk.charAt(i) == '\n' ? 1 : 0;
                boolean white = Character.isWhitespace(chunk.charAt(i));
                words += !white && !inWord ? 1 : 0;
                inWord = !white;
            }
        }

        @Override
        void ended(Task task) {
            if (letters.length() == 1) {
                print(
                        (letters.equals("l") ? lines : letters.equals("w") ? words : bytes)
                                + name
                                + "\n");
            } else {
                print(String.format("%7d %7d %7d%s\n", lines, words, bytes, name));
            }
            lines = words = bytes = 0;
            inWord = false;
        }
    }

    static final class Sort extends Lines {
        private final List<String> lines = new ArrayList<>();
        private Options options = new Options(List.of(), "");

        @Override
        List<String> begin(Task task) {
            options = new Options(arguments(task), "k:t:");
            return options.operands();
        }

        @Override
        void line(Task task, String line) {
            lines.add(line);
            task.machine().charge(task, line.length() + 48L);
        }

        @Override
        void complete(Task task) {
            String given = options.value('k');
            int key =
                    given != null && given.matches("\\d{1,4}.*")
                            ? Integer.parseInt(given.replaceAll("\\D.*", ""))
                            : 0;
            boolean numeric = options.has('n') || (given != null && given.endsWith("n"));
            Comparator<String> order =
                    numeric
                            ? Comparator.<String>comparingDouble(line -> number(key(line, key)))
                                    .thenComparing(Comparator.naturalOrder())
                            : Comparator.<String, String>comparing(line -> key(line, key))
                                    .thenComparing(Comparator.naturalOrder());
            lines.sort(options.has('r') ? order.reversed() : order);
            StringBuilder out = new StringBuilder();
            String last = null;
            for (String line : lines) {
                if (!options.has('u') || !line.equals(last)) {
                    out.append(line).append('\n');
                }
                last = line;
            }
            print(out.toString());
        }

        private String key(String line, int field) {
            if (field < 1) {
                return line;
            }
            String by = options.value('t');
            String[] fields =
                    by == null ? line.strip().split("\\s+") : line.split(Pattern.quote(by), -1);
            return field <= fields.length ? fields[field - 1] : "";
        }

        private static double number(String line) {
            java.util.regex.Matcher matcher =
                    Pattern.compile("\\s*(-?\\d{1,18}(\\.\\d{1,9})?)").matcher(line);
            return matcher.lookingAt() ? Double.parseDouble(matcher.group(1)) : 0;
        }
    }

    static final class Uniq extends Lines {
        private @Nullable String last;
        private int count;
        private boolean counted;

        @Override
        List<String> begin(Task task) {
            Options options = new Options(arguments(task), "");
            counted = options.has('c');
            return options.operands();
        }

        @Override
        void line(Task task, String line) {
            if (!line.equals(last)) {
                complete(task);
                last = line;
                count = 0;
            }
            count++;
        }

        @Override
        void complete(Task task) {
            if (last != null) {
                print((counted ? String.format("%7d ", count) : "") + last + "\n");
            }
        }
    }

    static final class Grep extends Lines {
        private Options options = new Options(List.of(), "");
        private @Nullable Pattern pattern;
        private String prefix = "";
        private boolean many;
        private int matches;
        private int number = 1;
        private String file = "";

        @Override
        List<String> begin(Task task) {
            options = new Options(arguments(task), "e:m:A:B:C:");
            List<String> operands = new ArrayList<>(options.operands());
            String given = options.value('e');
            String text = given != null ? given : operands.isEmpty() ? "" : operands.removeFirst();
            String regex =
                    options.has('F')
                            ? Pattern.quote(text)
                            : options.has('E') || name(task).equals("egrep") ? text : basic(text);
            try {
                regex =
                        options.has('w')
                                ? "\\b(?:" + regex + ")\\b"
                                : options.has('x') ? "^(?:" + regex + ")$" : regex;
                pattern = Pattern.compile(regex, options.has('i') ? Pattern.CASE_INSENSITIVE : 0);
            } catch (PatternSyntaxException malformed) {
                complain(task, "bad regex '" + text + "'");
                status(2);
            }
            many = operands.size() > 1;
            status(1);
            return operands;
        }

        /**
         * A basic regular expression as an extended one: which of ( ) { } + ? | are special
         * changes.
         */
        static String basic(String text) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < text.length()) {
                    char next = text.charAt(++i);
                    out.append("(){}+?|".indexOf(next) >= 0 ? "" + next : "\\" + next);
                } else {
                    out.append("(){}+?|".indexOf(c) >= 0 ? "\\" + c : "" + c);
                }
            }
            return out.toString();
        }

        @Override
        void opened(String name) {
            file = name.equals("-") ? "(standard input)" : name;
            prefix = (many && !options.has('h')) || options.has('H') ? name + ":" : "";
        }

        @Override
        void line(Task task, String line) {
            if (pattern != null && pattern.matcher(line).find() != options.has('v')) {
                matches++;
                status(0);
                if (options.has('q')) {
                    enough();
                } else if (options.has('l')) {
                    print(file + "\n");
                    enough();
                } else if (!options.has('c')) {
                    show(line);
                }
            }
            number++;
        }

        @Override
        void fileEnded(Task task) {
            if (options.has('c')) {
                print(prefix + matches + "\n");
            }
            matches = 0;
            number = 1;
        }

        private void show(String line) {
            String head = prefix + (options.has('n') ? number + ":" : "");
            if (!options.has('o') || pattern == null) {
                print(head + line + "\n");
                return;
            }
            java.util.regex.Matcher matcher = pattern.matcher(line);
            while (matcher.find()) {
                if (!matcher.group().isEmpty()) {
                    print(head + matcher.group() + "\n");
                }
            }
        }
    }
}
