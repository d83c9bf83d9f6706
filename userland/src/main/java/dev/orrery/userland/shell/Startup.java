package dev.orrery.userland.shell;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import java.util.List;

/**
 * What the words after {@code sh} ask for: a command, a script, or what comes from standard input.
 */
final class Startup {
    private Startup() {}

    static void begin(Shell shell, Task task) {
        // Those whose names no script can write are handed on to children all the same.
        task.environment()
                .forEach((name, value) -> shell.put(name, new Variable(value, true, false)));
        shell.put("PWD", new Variable(task.directory(), true, false));
        shell.put(" pid", new Variable(Integer.toString(task.pid()), false, false));
        shell.name(task.arguments().getFirst());
        List<String> words = task.arguments().subList(1, task.arguments().size());
        int next = 0;
        boolean command = false;
        boolean input = false;
        while (next < words.size() && words.get(next).matches("[-+][A-Za-z]+|--[a-z]*")) {
            String word = words.get(next++);
            if (word.equals("--")) {
                break;
            }
            if (word.equals("-o") && next < words.size()) {
                next++;
            } else if (!word.startsWith("--")) {
                command |= word.indexOf('c') > 0;
                input |= word.indexOf('s') > 0 || word.indexOf('i') > 0;
                word.chars()
                        .skip(1)
                        .filter(c -> "aefnuvxC".indexOf(c) >= 0)
                        .forEach(c -> shell.options().add((char) c));
            }
        }
        run(shell, task, words.subList(next, words.size()), command, input);
    }

    private static void run(
            Shell shell, Task task, List<String> words, boolean command, boolean input) {
        if (command && words.isEmpty()) {
            shell.print(2, shell.name() + ": 0: -c requires an argument\n");
            shell.exit(2);
        } else if (command) {
            if (words.size() > 1) {
                shell.name(words.get(1));
                shell.positional(words.subList(2, words.size()));
            }
            shell.push(Frame.of(Parser.parse(words.getFirst())));
        } else if (!words.isEmpty() && !input) {
            script(shell, words);
        } else {
            shell.positional(words);
            shell.interactive(task.isTerminal(0));
            shell.push(new InputFrame());
        }
    }

    private static void script(Shell shell, List<String> words) {
        String path = words.getFirst();
        String text;
        try {
            text = shell.script(path);
        } catch (FileException refused) {
            shell.print(2, shell.name() + ": 0: cannot open " + path + ": No such file\n");
            shell.exit(2);
            return;
        }
        shell.name(path);
        shell.positional(words.subList(1, words.size()));
        shell.push(Frame.of(Parser.parse(text)));
    }
}
