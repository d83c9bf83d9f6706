package dev.orrery.userland.shell;

import dev.orrery.userland.Commands;
import dev.orrery.userland.Signals;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The commands that are the shell's own. */
final class Builtins {
    /** The status is left by a frame that the builtin pushed, or by where it unwound to. */
    static final int LATER = -1;

    static final Set<String> SPECIAL =
            Set.of(
                    ":",
                    ".",
                    "source",
                    "break",
                    "continue",
                    "eval",
                    "exec",
                    "exit",
                    "export",
                    "readonly",
                    "return",
                    "set",
                    "shift",
                    "trap",
                    "unset");
    static final Set<String> NAMES =
            Set.of(
                    ":",
                    ".",
                    "source",
                    "break",
                    "continue",
                    "eval",
                    "exec",
                    "exit",
                    "export",
                    "readonly",
                    "return",
                    "set",
                    "shift",
                    "trap",
                    "unset",
                    "true",
                    "false",
                    "echo",
                    "printf",
                    "cd",
                    "pwd",
                    "test",
                    "[",
                    "read",
                    "wait",
                    "kill",
                    "umask",
                    "local",
                    "command",
                    "type");

    private Builtins() {}

    static int run(Shell shell, List<String> words) {
        List<String> arguments = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case ":", "true" -> 0;
            case "false" -> 1;
            case "echo" -> print(shell, Printing.echo(arguments, shell.isDash()), 0);
            case "printf" -> printf(shell, arguments);
            case "test", "[" -> test(shell, words);
            case "cd" -> cd(shell, arguments);
            case "pwd" -> print(shell, shell.task().directory() + "\n", 0);
            case "exit" -> exit(shell, arguments);
            case "return" -> leave(shell, arguments);
            case "break" -> loop(shell, arguments, true);
            case "continue" -> loop(shell, arguments, false);
            case "export" -> mark(shell, arguments, true);
            case "readonly" -> mark(shell, arguments, false);
            case "local" -> local(shell, arguments);
            case "unset" -> unset(shell, arguments);
            case "set" -> set(shell, arguments);
            case "shift" -> shift(shell, arguments);
            case "eval" -> push(shell, Frame.of(Parser.parse(String.join(" ", arguments))));
            case ".", "source" -> source(shell, arguments);
            case "exec" -> exec(shell, arguments);
            case "command", "type" -> command(shell, words.getFirst(), arguments);
            case "read" -> read(shell, arguments);
            case "wait" -> waitFor(shell, arguments);
            case "trap" -> trap(shell, arguments);
            case "kill" -> kill(shell, arguments);
            default -> umask(shell, arguments);
        };
    }

    private static int print(Shell shell, String text, int status) {
        shell.print(1, text);
        return status;
    }

    private static int push(Shell shell, Frame frame) {
        shell.push(frame);
        return LATER;
    }

    private static int complain(Shell shell, String message, int status) {
        shell.complain(message);
        return status;
    }

    private static int printf(Shell shell, List<String> arguments) {
        if (arguments.isEmpty()) {
            return complain(shell, "printf: usage: printf format [arg ...]", 2);
        }
        return print(
                shell,
                Printing.printf(arguments.getFirst(), arguments.subList(1, arguments.size())),
                0);
    }

    private static int test(Shell shell, List<String> words) {
        try {
            return Test.evaluate(shell.task(), words) ? 0 : 1;
        } catch (ShellError error) {
            return complain(shell, words.getFirst() + ": " + error.getMessage(), 2);
        }
    }

    private static int cd(Shell shell, List<String> arguments) {
        String home = shell.get("HOME");
        String to = arguments.isEmpty() ? home == null ? "/" : home : arguments.getFirst();
        String old = shell.task().directory();
        if (to.equals("-")) {
            String before = shell.get("OLDPWD");
            to = before == null ? old : before;
            shell.print(1, to + "\n");
        }
        try {
            String path = shell.task().absolute(to.isEmpty() ? "." : to);
            shell.task().machine().files().directory(path, shell.task().user());
            shell.task()
                    .directory(
                            shell.task()
                                    .machine()
                                    .files()
                                    .locate(path, shell.task().user(), true)
                                    .path());
        } catch (FileException refused) {
            return complain(shell, "cd: can't cd to " + to, 2);
        }
        shell.set("OLDPWD", old);
        shell.set("PWD", shell.task().directory());
        return 0;
    }

    private static int number(List<String> arguments, int absent) {
        if (arguments.isEmpty()) {
            return absent;
        }
        String word = arguments.getFirst();
        if (!word.matches("\\d{1,9}")) {
            throw new ShellError("Illegal number: " + word);
        }
        return Integer.parseInt(word);
    }

    private static int exit(Shell shell, List<String> arguments) {
        shell.exit(number(arguments, shell.status()) & 0xff);
        return LATER;
    }

    private static int leave(Shell shell, List<String> arguments) {
        int status = number(arguments, shell.status()) & 0xff;
        if (!shell.unwind(FunctionFrame.class::isInstance, true)) {
            shell.exit(status);
        }
        shell.status(status);
        return LATER;
    }

    private static int loop(Shell shell, List<String> arguments, boolean leave) {
        int levels = number(arguments, 1);
        shell.status(0);
        for (int i = 1; i < levels && shell.nearest(Loops.Loop.class::isInstance) != null; i++) {
            Frame outermost = shell.nearest(Loops.Loop.class::isInstance);
            shell.unwind(frame -> frame.equals(outermost), true);
        }
        return shell.unwind(Loops.Loop.class::isInstance, leave) ? LATER : 0;
    }

    private static int mark(Shell shell, List<String> arguments, boolean export) {
        List<String> words = arguments.stream().filter(word -> !word.equals("-p")).toList();
        if (words.isEmpty()) {
            shell.variables()
                    .forEach((name, variable) -> {
                        if (export ? variable.exported() : variable.readonly()) {
                            shell.print(
                                    1,
                                    (export ? "export " : "readonly ")
                                            + name
                                            + "='"
                                            + (variable.value() == null ? "" : variable.value())
                                            + "'\n");
                        }
                    });
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new ShellError(
                        (export ? "export: " : "readonly: ") + name + ": bad variable name");
            }
            if (equals >= 0) {
                shell.set(name, word.substring(equals + 1));
            }
            Variable held = shell.variable(name);
            shell.put(
                    name,
                    new Variable(
                            held.value(), held.exported() || export, held.readonly() || !export));
        }
        return 0;
    }

    private static int local(Shell shell, List<String> arguments) {
        if (!(shell.nearest(FunctionFrame.class::isInstance) instanceof FunctionFrame function)) {
            throw new ShellError("local: not in a function");
        }
        for (String word : arguments) {
            int equals = word.indexOf('=');
            function.local(shell, equals < 0 ? word : word.substring(0, equals));
            if (equals >= 0) {
                shell.set(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return 0;
    }

    private static int unset(Shell shell, List<String> arguments) {
        boolean function = arguments.contains("-f");
        for (String name : arguments) {
            if (function) {
                shell.functions().remove(name);
            } else if (shell.variable(name).readonly()) {
                throw new ShellError("unset: " + name + ": is read only");
            } else {
                shell.forgetElements(name);
                shell.restore(name, Variable.NONE);
            }
        }
        return 0;
    }

    private static final Map<String, Character> LONG =
            Map.of(
                    "errexit",
                    'e',
                    "nounset",
                    'u',
                    "xtrace",
                    'x',
                    "noglob",
                    'f',
                    "noclobber",
                    'C',
                    "allexport",
                    'a',
                    "verbose",
                    'v');

    private static int set(Shell shell, List<String> arguments) {
        if (arguments.isEmpty()) {
            shell.variables()
                    .forEach((name, variable) -> {
                        if (variable.value() != null && !name.startsWith(" ")) {
                            shell.print(1, name + "='" + variable.value() + "'\n");
                        }
                    });
        }
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--") || !word.matches("[-+][A-Za-z]+")) {
                shell.positional(
                        arguments.subList(word.equals("--") ? i + 1 : i, arguments.size()));
                return 0;
            }
            if (word.endsWith("o") && i + 1 < arguments.size()) {
                Character letter = LONG.get(arguments.get(++i));
                if (letter == null && !arguments.get(i).equals("pipefail")) {
                    throw new ShellError("set: Illegal option -o " + arguments.get(i));
                }
                option(shell, word.charAt(0), letter == null ? 'P' : letter);
            }
            word.chars()
                    .skip(1)
                    .filter(c -> c != 'o')
                    .forEach(c -> option(shell, word.charAt(0), (char) c));
        }
        return 0;
    }

    private static void option(Shell shell, char sign, char letter) {
        if (sign == '-') {
            shell.options().add(letter);
        } else {
            shell.options().remove(letter);
        }
    }

    private static int shift(Shell shell, List<String> arguments) {
        int count = number(arguments, 1);
        if (count > shell.positional().size()) {
            throw new ShellError("shift: can't shift that many");
        }
        shell.positional(shell.positional().subList(count, shell.positional().size()));
        return 0;
    }

    private static int source(Shell shell, List<String> arguments) {
        if (arguments.isEmpty()) {
            return 0;
        }
        try {
            Command script = Parser.parse(shell.script(arguments.getFirst()));
            return push(
                    shell,
                    new FunctionFrame(
                            script,
                            arguments.size() > 1
                                    ? arguments.subList(1, arguments.size())
                                    : shell.positional()));
        } catch (FileException refused) {
            throw new ShellError(".: cannot open " + arguments.getFirst() + ": No such file");
        }
    }

    private static int exec(Shell shell, List<String> arguments) {
        if (arguments.isEmpty()) {
            return 0;
        }
        Task task = shell.task();
        try {
            Map<String, String> environment = shell.environment();
            Commands.Found found =
                    Commands.find(
                            task.machine(), arguments, environment, task.directory(), task.user());
            task.become(found.program(), found.arguments(), environment);
            return 0;
        } catch (FileException refused) {
            shell.exit(SimpleFrame.refuse(shell, "exec: " + arguments.getFirst(), refused));
            return LATER;
        }
    }

    private static int command(Shell shell, String builtin, List<String> arguments) {
        boolean verbose = builtin.equals("type");
        boolean locate = !arguments.isEmpty() && arguments.getFirst().equalsIgnoreCase("-v");
        if (!verbose && !locate) {
            return arguments.isEmpty()
                    ? 0
                    : NAMES.contains(arguments.getFirst())
                            ? run(shell, arguments)
                            : push(shell, new SimpleFrame(quoted(arguments)));
        }
        int status = 0;
        for (String name : locate ? arguments.subList(1, arguments.size()) : arguments) {
            String found = find(shell, name);
            if (found == null) {
                status = 127;
                shell.print(1, verbose ? name + ": not found\n" : "");
            } else if (verbose) {
                shell.print(
                        1,
                        name
                                + (found.startsWith("/")
                                        ? " is " + found
                                        : shell.functions().containsKey(name)
                                                ? " is a shell function"
                                                : " is a shell builtin")
                                + "\n");
            } else {
                shell.print(1, found + "\n");
            }
        }
        return status;
    }

    private static Command.Simple quoted(List<String> arguments) {
        List<Word> words = new ArrayList<>();
        arguments.forEach(
                argument -> words.add(new Word(List.of(new Word.Part.Text(argument, true)))));
        return new Command.Simple(List.of(), words, List.of(), 1);
    }

    private static @Nullable String find(Shell shell, String name) {
        if (NAMES.contains(name) || shell.functions().containsKey(name)) {
            return name;
        }
        try {
            String path = shell.get("PATH");
            return Commands.where(
                    shell.task().machine(),
                    name,
                    path == null ? "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" : path,
                    shell.task().directory(),
                    shell.task().user());
        } catch (FileException missing) {
            return null;
        }
    }

    private static int read(Shell shell, List<String> arguments) {
        List<String> names = new ArrayList<>(arguments);
        boolean raw = false;
        while (!names.isEmpty() && names.getFirst().startsWith("-")) {
            String option = names.removeFirst();
            raw |= option.contains("r");
            if (option.endsWith("p") && !names.isEmpty()) {
                shell.print(2, names.removeFirst());
            }
        }
        return push(shell, new ReadFrame(names, raw));
    }

    private static int waitFor(Shell shell, List<String> arguments) {
        SortedMap<Integer, Task> children = shell.task().children();
        if (arguments.isEmpty()) {
            return push(shell, new WaitFrame(List.copyOf(children.values()), true));
        }
        List<Task> chosen = new ArrayList<>();
        for (String word : arguments) {
            Task child = word.matches("\\d{1,9}") ? children.get(Integer.parseInt(word)) : null;
            if (child == null) {
                return 127;
            }
            chosen.add(child);
        }
        return push(shell, new WaitFrame(chosen, false));
    }

    private static int trap(Shell shell, List<String> arguments) {
        if (arguments.isEmpty()) {
            shell.traps()
                    .forEach((signal, action) ->
                            shell.print(
                                    1, "trap -- '" + action + "' " + Signals.name(signal) + "\n"));
            return 0;
        }
        List<String> words =
                arguments.getFirst().equals("--")
                        ? arguments.subList(1, arguments.size())
                        : arguments;
        boolean reset = words.size() == 1 || words.getFirst().equals("-");
        for (String word : words.size() == 1 ? words : words.subList(1, words.size())) {
            Integer signal = Signals.number(word);
            if (signal == null) {
                return complain(shell, "trap: " + word + ": bad trap", 1);
            }
            if (reset) {
                shell.traps().remove(signal);
            } else {
                shell.traps().put(signal, words.getFirst());
            }
        }
        return 0;
    }

    private static int kill(Shell shell, List<String> arguments) {
        Kill kill = Kill.of(shell.task(), arguments);
        shell.print(1, kill.output());
        kill.errors().forEach(error -> shell.complain("kill: " + error));
        return kill.status();
    }

    private static int umask(Shell shell, List<String> arguments) {
        if (arguments.isEmpty()) {
            return print(shell, String.format("%04o\n", shell.task().umask()), 0);
        }
        if (!arguments.getFirst().matches("[0-7]{1,4}")) {
            throw new ShellError("umask: Illegal mode: " + arguments.getFirst());
        }
        shell.task().umask(Integer.parseInt(arguments.getFirst(), 8));
        return 0;
    }
}
