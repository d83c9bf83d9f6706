package dev.orrery.userland.shell;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Step;

/** A shell that reads its commands from standard input, with prompts if somebody types them. */
final class InputFrame implements Frame {
    private static final int LONGEST = 1 << 20;

    private final StringBuilder script = new StringBuilder();
    private boolean prompted;

    @Override
    public Step step(Shell shell) {
        if (shell.interactive() && !prompted) {
            prompted = true;
            shell.print(2, script.isEmpty() ? shell.prompt() : "> ");
            return Step.MORE;
        }
        byte[] one = new byte[1];
        for (int i = 0; i < 256; i++) {
            int count = shell.task().read(0, one);
            if (count == 0) {
                return Step.WAITING;
            }
            if (count == Channel.END) {
                return ended(shell);
            }
            script.append((char) (one[0] & 0xff));
            if (one[0] == '\n') {
                return line(shell);
            }
        }
        return script.length() > LONGEST ? ended(shell) : Step.MORE;
    }

    void interrupt() {
        script.setLength(0);
        prompted = false;
    }

    private Step line(Shell shell) {
        prompted = false;
        Command command;
        try {
            command = Parser.parse(script.toString());
        } catch (SyntaxError error) {
            if (error.incomplete()) {
                return Step.MORE;
            }
            script.setLength(0);
            throw error;
        }
        script.setLength(0);
        return shell.push(Frame.of(command));
    }

    private Step ended(Shell shell) {
        Step done = shell.done(this);
        if (shell.interactive()) {
            shell.print(2, "exit\n");
        }
        return script.isEmpty() ? done : shell.push(Frame.of(Parser.parse(script.toString())));
    }
}
