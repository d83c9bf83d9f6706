package dev.orrery.userland.applet;

import dev.orrery.userland.Program;
import dev.orrery.userland.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Filters that change lines one by one. */
final class TextTools {
    private TextTools() {}

    static void register(Map<String, Supplier<Program>> all) {
        all.put("tail", Tail::new);
        all.put("tee", Tee::new);
        all.put("cut", Cut::new);
        all.put("tr", Translate::new);
        all.put("sed", Sed::new);
        all.put("awk", Awk::new);
        all.put("rev", Rev::new);
        all.put("tac", Tac::new);
        all.put("nl", Numbered::new);
        all.put("fgrep", Filters.Grep::new);
    }

    static final class Rev extends Lines {
        @Override
        List<String> begin(Task task) {
            return new Options(arguments(task), "").operands();
        }

        @Override
        void line(Task task, String line) {
            print(new StringBuilder(line).reverse() + "\n");
        }
    }

    static final class Tac extends Lines {
        private final Deque<String> lines = new ArrayDeque<>();

        @Override
        List<String> begin(Task task) {
            return new Options(arguments(task), "").operands();
        }

        @Override
        void line(Task task, String line) {
            lines.push(line);
            task.machine().charge(task, line.length() + 48L);
        }

        @Override
        void complete(Task task) {
            lines.forEach(line -> print(line + "\n"));
        }
    }

    static final class Numbered extends Lines {
        private int number;

        @Override
        List<String> begin(Task task) {
            return new Options(arguments(task), "b:w:s:").operands();
        }

        @Override
        void line(Task task, String line) {
            print(line.isEmpty() ? "       \n" : String.format("%6d\t%s\n", ++number, line));
        }
    }

    /** {@code cut}: fields by a delimiter, or characters. */
    static final class Cut extends Lines {
        private record Range(int first, int last) {}

        private final List<Range> ranges = new ArrayList<>();
        private Options options = new Options(List.of(), "");
        private String delimiter = "\t";

        @Override
        List<String> begin(Task task) {
            options = new Options(arguments(task), "d:f:c:b:");
            String given = options.value('d');
            delimiter = given == null || given.isEmpty() ? "\t" : given.substring(0, 1);
            String list = options.value('f');
            for (char letter : new char[] {'c', 'b'}) {
                list = list == null ? options.value(letter) : list;
            }
            for (String part : (list == null ? "" : list).split(",")) {
                if (!part.matches("\\d{0,6}-?\\d{0,6}") || part.isEmpty() || part.equals("-")) {
                    complain(task, "invalid field list");
                    return List.of("/dev/null");
                }
                int dash = part.indexOf('-');
                String first = dash < 0 ? part : part.substring(0, dash);
                String last = dash < 0 ? part : part.substring(dash + 1);
                ranges.add(
                        new Range(
                                first.isEmpty() ? 1 : Integer.parseInt(first),
                                last.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(last)));
            }
            return options.operands();
        }

        @Override
        void line(Task task, String line) {
            if (options.value('f') == null) {
                StringBuilder out = new StringBuilder();
                for (int i = 1; i <= line.length(); i++) {
                    if (wanted(i)) {
                        out.append(line.charAt(i - 1));
                    }
                }
                print(out + "\n");
                return;
            }
            if (!line.contains(delimiter)) {
                print(options.has('s') ? "" : line + "\n");
                return;
            }
            String[] fields = line.split(java.util.regex.Pattern.quote(delimiter), -1);
            List<String> kept = new ArrayList<>();
            for (int i = 1; i <= fields.length; i++) {
                if (wanted(i)) {
                    kept.add(fields[i - 1]);
                }
            }
            print(String.join(delimiter, kept) + "\n");
        }

        private boolean wanted(int number) {
            return ranges.stream()
                    .anyMatch(range -> number >= range.first() && number <= range.last());
        }
    }

    /** {@code tr}: characters into others, or away. */
    static final class Translate extends Filter {
        private String from = "";
        private String to = "";
        private boolean delete;
        private boolean squeeze;
        private boolean complement;
        private int last = -1;

        @Override
        List<String> begin(Task task) {
            Options options = new Options(arguments(task), "");
            delete = options.has('d');
            squeeze = options.has('s');
            complement = options.has('c') || options.has('C');
            List<String> sets = options.operands();
            if (sets.isEmpty()) {
                complain(task, "missing operand");
                return List.of("/dev/null");
            }
            from = expand(sets.getFirst());
            to = sets.size() > 1 ? expand(sets.get(1)) : "";
            return List.of();
        }

        @Override
        void bytes(Task task, String chunk) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < chunk.length(); i++) {
                char c = chunk.charAt(i);
                int index = complement ? (from.indexOf(c) < 0 ? 0 : -1) : from.indexOf(c);
                if (index < 0) {
                    out.append(c);
                    last = -1;
                    continue;
                }
                if (delete) {
                    continue;
                }
                char next =
                        to.isEmpty()
                                ? c
                                : complement
                                        ? to.charAt(to.length() - 1)
                                        : to.charAt(Math.min(index, to.length() - 1));
                if (!squeeze || next != last) {
                    out.append(next);
                }
                last = next;
            }
            print(out.toString());
        }

        private static String expand(String set) {
            String named =
                    set.replace("[:upper:]", "A-Z")
                            .replace("[:lower:]", "a-z")
                            .replace("[:digit:]", "0-9")
                            .replace("[:alpha:]", "A-Za-z")
                            .replace("[:alnum:]", "A-Za-z0-9")
                            .replace("[:space:]", "\\t\\n\\v\\f\\r ")
                            .replace("[:blank:]", "\\t ")
                            .replace("[:punct:]", "!-/:-@[-`{-~");
            String plain = unescape(named);
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < plain.length(); i++) {
                if (i + 2 < plain.length() && plain.charAt(i + 1) == '-') {
                    for (char c = plain.charAt(i); c <= plain.charAt(i + 2); c++) {
                        out.append(c);
                    }
                    i += 2;
                } else {
                    out.append(plain.charAt(i));
                }
            }
            return out.toString();
        }

        private static String unescape(String text) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != '\\' || i + 1 == text.length()) {
                    out.append(c);
                    continue;
                }
                char next = text.charAt(++i);
                if (next >= '0' && next <= '7') {
                    int end = i;
                    while (end < text.length()
                            && end < i + 3
                            && text.charAt(end) >= '0'
                            && text.charAt(end) <= '7') {
                        end++;
                    }
                    out.append((char) Integer.parseInt(text.substring(i, end), 8));
                    i = end - 1;
                } else {
                    out.append(
                            switch (next) {
                                case 'n' -> '\n';
                                case 't' -> '\t';
                                case 'r' -> '\r';
                                case 'f' -> '\f';
                                case 'v' -> '\u000b';
                                default -> next;
                            });
                }
            }
            return out.toString();
        }
    }
}
