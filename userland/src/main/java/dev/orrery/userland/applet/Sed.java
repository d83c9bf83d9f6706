package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code sed} with the commands of one-liners: s, y, p, d, q, a, i, c and addresses. */
final class Sed extends Lines {
    private final List<SedCommand> commands = new ArrayList<>();
    private final StringBuilder edited = new StringBuilder();
    private boolean silent;
    private boolean inPlace;
    private String file = "";
    private int number;
    private @Nullable String held;
    private boolean quit;

    @Override
    List<String> begin(Task task) {
        List<String> words = new ArrayList<>();
        List<String> scripts = new ArrayList<>();
        boolean extended = false;
        List<String> given = arguments(task);
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            if (word.equals("-e") && i + 1 < given.size()) {
                scripts.add(given.get(++i));
            } else if (word.matches("-[nErsiz]+(\\..*)?")) {
                silent |= word.contains("n");
                extended |= word.contains("E") || word.contains("r");
                inPlace |= word.contains("i");
            } else {
                words.add(word);
            }
        }
        if (scripts.isEmpty() && !words.isEmpty()) {
            scripts.add(words.removeFirst());
        }
        try {
            for (String script : scripts) {
                commands.addAll(SedCommand.parse(script, extended));
            }
        } catch (IllegalArgumentException malformed) {
            complain(task, "bad option in substitution expression");
            return List.of("/dev/null");
        }
        return words;
    }

    @Override
    void opened(String name) {
        file = name;
        edited.setLength(0);
    }

    @Override
    void line(Task task, String line) {
        String before = held;
        held = line;
        if (before != null) {
            edit(before, false);
        }
    }

    @Override
    void fileEnded(Task task) {
        if (inPlace && !file.equals("-")) {
            flushHeld();
            try {
                task.machine().files().writable(task.absolute(file), 0644, true, task.user());
                task.machine()
                        .files()
                        .force(
                                task.absolute(file),
                                Raw.bytes(edited.toString()),
                                0644,
                                task.user());
            } catch (FileException refused) {
                complain(task, file + ": " + refused.getMessage());
            }
            number = 0;
        }
    }

    @Override
    void complete(Task task) {
        flushHeld();
    }

    private void flushHeld() {
        if (held != null) {
            edit(held, true);
            held = null;
        }
    }

    private void edit(String given, boolean last) {
        if (quit) {
            return;
        }
        number++;
        String line = given;
        String after = "";
        for (SedCommand command : commands) {
            if (!command.applies(line, number, last)) {
                continue;
            }
            switch (command.letter()) {
                case 'd' -> {
                    emit(after);
                    return;
                }
                case 'p' -> emit(line + "\n");
                case 'q' -> quit = true;
                case '=' -> emit(number + "\n");
                case 'a' -> after += command.text() + "\n";
                case 'i' -> emit(command.text() + "\n");
                case 'c' -> {
                    emit(command.text() + "\n");
                    return;
                }
                case 'y' -> line = command.transliterated(line);
                default -> {
                    String changed = substituted(command, line);
                    if (command.prints() && !changed.equals(line)) {
                        emit(changed + "\n");
                    }
                    line = changed;
                }
            }
        }
        emit((silent ? "" : line + "\n") + after);
        if (quit) {
            enough();
        }
    }

    private void emit(String text) {
        if (inPlace) {
            edited.append(text);
        } else {
            print(text);
        }
    }

    private static String substituted(SedCommand command, String line) {
        Matcher matcher = command.pattern().matcher(line);
        StringBuilder out = new StringBuilder();
        int count = 0;
        while (matcher.find()) {
            count++;
            if (command.nth() > 0 && count != command.nth()) {
                continue;
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(command.replacement(matcher)));
            if (!command.global()) {
                break;
            }
        }
        return matcher.appendTail(out).toString();
    }

    static Pattern compile(String regex, boolean extended, boolean ignoreCase) {
        return Pattern.compile(
                extended ? regex : Filters.Grep.basic(regex),
                ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    }
}
