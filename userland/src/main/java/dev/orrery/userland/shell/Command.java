package dev.orrery.userland.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script says, as a tree. */
sealed interface Command {
    record Simple(
            List<Assignment> assignments, List<Word> words, List<Redirect> redirects, int line)
            implements Command {}

    /** With elements it is an array's, as bash has it; then its value is empty. */
    record Assignment(String name, Word value, @Nullable List<Word> elements) {}

    record Pipeline(List<Command> stages, boolean negated) implements Command {}

    record AndOr(Command left, boolean and, Command right) implements Command {}

    record Background(Command command) implements Command {}

    record Sequence(List<Command> commands) implements Command {}

    record Subshell(Command body) implements Command {}

    record Redirected(Command body, List<Redirect> redirects) implements Command {}

    record If(Command condition, Command then, @Nullable Command otherwise) implements Command {}

    record While(Command condition, Command body, boolean until) implements Command {}

    /** Without words it goes over the positional parameters. */
    record For(String name, @Nullable List<Word> words, Command body) implements Command {}

    record Case(Word subject, List<Branch> branches) implements Command {}

    record Branch(List<Word> patterns, Command body) {}

    record Function(String name, Command body) implements Command {}

    /** Operator: one of {@code < > >> >| <> <& >& <<}; a here-document's word is its text. */
    record Redirect(int descriptor, String operator, Word word) {}

    Command NOTHING = new Sequence(List.of());
}
