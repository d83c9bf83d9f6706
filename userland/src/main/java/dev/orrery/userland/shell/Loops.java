package dev.orrery.userland.shell;

import dev.orrery.userland.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames of loops; {@code break} and {@code continue} unwind the shell's frames to them. */
final class Loops {
    private Loops() {}

    /** What break and continue count. */
    interface Loop extends Frame {}

    static final class While implements Loop {
        private enum Phase {
            CONDITION,
            DECISION,
            BODY
        }

        private final Command.While loop;
        private Phase phase = Phase.CONDITION;
        private boolean testing;
        private int last;

        While(Command.While loop) {
            this.loop = loop;
        }

        @Override
        public Step step(Shell shell) {
            switch (phase) {
                case BODY -> last = shell.status();
                case DECISION -> {
                    end(shell);
                    if ((shell.status() == 0) == loop.until()) {
                        shell.status(last);
                        return shell.done(this);
                    }
                    phase = Phase.BODY;
                    return shell.push(Frame.of(loop.body()));
                }
                case CONDITION -> {}
            }
            phase = Phase.DECISION;
            testing = true;
            shell.testing(1);
            return shell.push(Frame.of(loop.condition()));
        }

        @Override
        public void end(Shell shell) {
            if (testing) {
                testing = false;
                shell.testing(-1);
            }
        }
    }

    static final class For implements Loop {
        private final Command.For loop;
        private @Nullable Expansion expansion;
        private @Nullable List<String> values;
        private int next;

        For(Command.For loop) {
            this.loop = loop;
        }

        @Override
        public Step step(Shell shell) {
            List<String> over = values;
            if (over == null) {
                Expansion words = expansion == null ? new Expansion(shell) : expansion;
                expansion = words;
                try {
                    over =
                            loop.words() == null
                                    ? List.copyOf(shell.positional())
                                    : words.fields(loop.words());
                } catch (Expansion.Needed needed) {
                    return shell.push(new Children.Substitution(needed.substitution(), words));
                }
                values = over;
                shell.status(0);
            }
            if (next == over.size()) {
                return shell.done(this);
            }
            shell.set(loop.name(), over.get(next++));
            return shell.push(Frame.of(loop.body()));
        }
    }
}
