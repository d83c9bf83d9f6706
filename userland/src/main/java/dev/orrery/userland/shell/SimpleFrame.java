package dev.orrery.userland.shell;

import dev.orrery.userland.Commands;
import dev.orrery.userland.Step;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A simple command: expanded, redirected, then run as a function, a builtin or a program. */
final class SimpleFrame implements Frame {
    private final Command.Simple command;
    private @Nullable Expansion expansion;
    private @Nullable Redirections redirections;
    private boolean running;
    private final Map<String, Variable> before = new HashMap<>();
    private final Map<String, List<String>> arrays = new HashMap<>();

    SimpleFrame(Command.Simple command) {
        this.command = command;
    }

    @Override
    public Step step(Shell shell) {
        if (running) {
            shell.checkFailure();
            return shell.done(this);
        }
        shell.line(command.line());
        Expansion words = expansion == null ? new Expansion(shell) : expansion;
        expansion = words;
        try {
            List<String> arguments = words.fields(command.words());
            Map<String, String> assignments = new java.util.LinkedHashMap<>();
            for (Command.Assignment assignment : command.assignments()) {
                assignments.put(assignment.name(), words.single(assignment.value()));
                List<Word> elements = assignment.elements();
                if (elements != null && !shell.isBash()) {
                    throw new SyntaxError(command.line(), "Syntax error: \"(\" unexpected");
                }
                if (elements != null) {
                    arrays.put(assignment.name(), words.fields(elements));
                }
            }
            shell.trace(assignments, arguments);
            redirections = Redirections.apply(shell, command.redirects(), words);
            running = true;
            return run(shell, arguments, assignments);
        } catch (Expansion.Needed needed) {
            return shell.push(new Children.Substitution(needed.substitution(), words));
        } catch (Redirections.Refused refused) {
            shell.complain(String.valueOf(refused.getMessage()));
            shell.status(2);
            running = true;
            return Step.MORE;
        }
    }

    private Step run(Shell shell, List<String> arguments, Map<String, String> assignments) {
        if (arguments.isEmpty()) {
            assignments.forEach(shell::set);
            arrays.forEach(shell::array);
            shell.status(shell.takeSubstituted());
            return Step.MORE;
        }
        String name = arguments.getFirst();
        Command function = shell.functions().get(name);
        boolean builtin = Builtins.NAMES.contains(name);
        if (function == null && !builtin) {
            return program(shell, arguments, assignments);
        }
        boolean special = function == null && Builtins.SPECIAL.contains(name);
        assignments.forEach((variable, value) -> {
            if (!special) {
                before.put(variable, shell.variable(variable));
            }
            shell.set(variable, value);
        });
        if (function != null) {
            return shell.push(new FunctionFrame(function, arguments.subList(1, arguments.size())));
        }
        if (name.equals("exec") && redirections != null) {
            redirections.keep();
        }
        int status = Builtins.run(shell, arguments);
        if (status != Builtins.LATER) {
            shell.status(status);
        }
        return Step.MORE;
    }

    private static Step program(
            Shell shell, List<String> arguments, Map<String, String> assignments) {
        Map<String, String> environment = shell.environment();
        environment.putAll(assignments);
        try {
            Commands.Found found =
                    Commands.find(
                            shell.task().machine(),
                            arguments,
                            environment,
                            shell.task().directory(),
                            shell.task().user());
            return shell.push(
                    new Children.Wait(
                            shell.task().spawn(found.program(), found.arguments(), environment)));
        } catch (FileException refused) {
            shell.status(refuse(shell, arguments.getFirst(), refused));
            return Step.MORE;
        }
    }

    /** Says why a command cannot run; answers its exit code. */
    static int refuse(Shell shell, String name, FileException refused) {
        Errno errno = refused.errno();
        if (errno == Errno.EAGAIN) {
            shell.complain("Cannot fork");
            return 2;
        }
        boolean missing = errno == Errno.ENOENT || errno == Errno.ENOTDIR;
        boolean bash = shell.isBash() && !shell.task().machine().programs().isBusybox();
        String absent = bash && !name.contains("/") ? ": command not found" : ": not found";
        if (bash && name.contains("/")) {
            absent = ": " + Errno.ENOENT.words();
        }
        shell.complain(name + (missing ? absent : ": " + Errno.EACCES.words()));
        return missing ? 127 : 126;
    }

    @Override
    public void end(Shell shell) {
        if (redirections != null) {
            redirections.undo(shell);
        }
        before.forEach(shell::restore);
    }
}
