package dev.orrery.userland.shell;

import dev.orrery.userland.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames of lists and choices. */
final class Flow {
    private Flow() {}

    /** One after the other. */
    static final class Sequence implements Frame {
        private final List<Command> commands;
        private int next;

        Sequence(List<Command> commands) {
            this.commands = commands;
        }

        @Override
        public Step step(Shell shell) {
            if (commands.isEmpty()) {
                shell.status(0);
            }
            if (next == commands.size()) {
                return shell.done(this);
            }
            return shell.push(Frame.of(commands.get(next++)));
        }
    }

    /** Inner commands whose failure is an answer, not an error: set -e overlooks it. */
    abstract static class Tested implements Frame {
        private boolean testing;

        final Step test(Shell shell, Command command) {
            testing = true;
            shell.testing(1);
            return shell.push(Frame.of(command));
        }

        final void tested(Shell shell) {
            if (testing) {
                testing = false;
                shell.testing(-1);
            }
        }

        @Override
        public void end(Shell shell) {
            tested(shell);
        }
    }

    static final class AndOr extends Tested {
        private final Command.AndOr command;
        private int phase;

        AndOr(Command.AndOr command) {
            this.command = command;
        }

        @Override
        public Step step(Shell shell) {
            phase++;
            if (phase == 1) {
                return test(shell, command.left());
            }
            tested(shell);
            if (phase == 3 || (shell.status() == 0) != command.and()) {
                return shell.done(this);
            }
            return shell.push(Frame.of(command.right()));
        }
    }

    static final class If extends Tested {
        private final Command.If command;
        private int phase;

        If(Command.If command) {
            this.command = command;
        }

        @Override
        public Step step(Shell shell) {
            phase++;
            if (phase == 1) {
                return test(shell, command.condition());
            }
            tested(shell);
            if (phase == 3) {
                return shell.done(this);
            }
            Command branch = shell.status() == 0 ? command.then() : command.otherwise();
            if (branch == null) {
                shell.status(0);
                return shell.done(this);
            }
            return shell.push(Frame.of(branch));
        }
    }

    /** {@code ! command}, and the condition of loops. */
    static final class Negation extends Tested {
        private final Command command;
        private boolean ran;

        Negation(Command command) {
            this.command = command;
        }

        @Override
        public Step step(Shell shell) {
            if (!ran) {
                ran = true;
                return test(shell, command);
            }
            tested(shell);
            shell.status(shell.status() == 0 ? 1 : 0);
            return shell.done(this);
        }
    }

    static final class Case implements Frame {
        private final Command.Case command;
        private @Nullable Expansion expansion;
        private boolean chosen;

        Case(Command.Case command) {
            this.command = command;
        }

        @Override
        public Step step(Shell shell) {
            if (chosen) {
                return shell.done(this);
            }
            Expansion words = expansion == null ? new Expansion(shell) : expansion;
            expansion = words;
            Command body;
            try {
                body = choose(words);
            } catch (Expansion.Needed needed) {
                return shell.push(new Children.Substitution(needed.substitution(), words));
            }
            chosen = true;
            shell.status(0);
            return body == null ? shell.done(this) : shell.push(Frame.of(body));
        }

        private @Nullable Command choose(Expansion words) {
            String subject = words.single(command.subject());
            for (Command.Branch branch : command.branches()) {
                for (Word pattern : branch.patterns()) {
                    if (Pattern.matches(words.pattern(pattern), subject)) {
                        return branch.body();
                    }
                }
            }
            return null;
        }
    }

    static final class Definition implements Frame {
        private final Command.Function command;

        Definition(Command.Function command) {
            this.command = command;
        }

        @Override
        public Step step(Shell shell) {
            shell.functions().put(command.name(), command.body());
            shell.status(0);
            return shell.done(this);
        }
    }

    /** A compound command with its own descriptors. */
    static final class Redirected implements Frame {
        private final Command.Redirected command;
        private @Nullable Expansion expansion;
        private @Nullable Redirections redirections;

        Redirected(Command.Redirected command) {
            this.command = command;
        }

        @Override
        public Step step(Shell shell) {
            if (redirections != null) {
                return shell.done(this);
            }
            Expansion words = expansion == null ? new Expansion(shell) : expansion;
            expansion = words;
            try {
                redirections = Redirections.apply(shell, command.redirects(), words);
            } catch (Expansion.Needed needed) {
                return shell.push(new Children.Substitution(needed.substitution(), words));
            } catch (Redirections.Refused refused) {
                shell.complain(String.valueOf(refused.getMessage()));
                shell.status(2);
                return shell.done(this);
            }
            return shell.push(Frame.of(command.body()));
        }

        @Override
        public void end(Shell shell) {
            if (redirections != null) {
                redirections.undo(shell);
            }
        }
    }
}
