package dev.orrery.userland.shell;

import dev.orrery.userland.Step;

/**
 * One command under way. Its step does a bounded bit of work: it may push a frame for an inner
 * command, whose status it then finds in the shell, and finally tells the shell that it is done.
 */
interface Frame {
    Step step(Shell shell);

    /** Undoes what holds only while the command runs; called however it ends. */
    default void end(Shell shell) {}

    static Frame of(Command command) {
        return switch (command) {
            case Command.Simple simple -> new SimpleFrame(simple);
            case Command.Sequence sequence -> new Flow.Sequence(sequence.commands());
            case Command.AndOr andOr -> new Flow.AndOr(andOr);
            case Command.If choice -> new Flow.If(choice);
            case Command.Case choice -> new Flow.Case(choice);
            case Command.While loop -> new Loops.While(loop);
            case Command.For loop -> new Loops.For(loop);
            case Command.Pipeline pipeline -> new Children.Pipeline(pipeline);
            case Command.Subshell subshell -> new Children.Subshell(subshell.body());
            case Command.Background background -> new Children.Background(background.command());
            case Command.Redirected redirected -> new Flow.Redirected(redirected);
            case Command.Function function -> new Flow.Definition(function);
        };
    }
}
