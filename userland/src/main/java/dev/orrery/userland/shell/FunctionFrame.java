package dev.orrery.userland.shell;

import dev.orrery.userland.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A function under way, or a script of {@code .}: its parameters and local variables. */
final class FunctionFrame implements Frame {
    private final Command body;
    private final List<String> parameters;
    private final Map<String, Variable> locals = new HashMap<>();
    private List<String> outer = List.of();
    private boolean started;

    FunctionFrame(Command body, List<String> parameters) {
        this.body = body;
        this.parameters = List.copyOf(parameters);
    }

    void local(Shell shell, String name) {
        locals.putIfAbsent(name, shell.variable(name));
    }

    @Override
    public Step step(Shell shell) {
        if (started) {
            return shell.done(this);
        }
        started = true;
        outer = shell.positional();
        shell.positional(parameters);
        return shell.push(Frame.of(body));
    }

    @Override
    public void end(Shell shell) {
        if (started) {
            shell.positional(outer);
        }
        locals.forEach(shell::restore);
    }
}
