package dev.orrery.userland.shell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code [[ ... ]]} as commands that mean the same: words are not split, the right side of {@code
 * ==} is a pattern, and {@code &&} and {@code ||} are inside.
 */
final class DoubleBrackets {
    private static final Command.Simple FALSE = simple(List.of(text("false")), 1);

    private final Scanner in;

    DoubleBrackets(Scanner in) {
        this.in = in;
    }

    /** Reads up to the closing brackets; the opening ones have been taken. */
    Command read() {
        Command condition = or();
        in.skipNewlines();
        if (!in.takeWord("]]")) {
            throw new SyntaxError(in.line(), "Syntax error: missing ]]");
        }
        return condition;
    }

    private Command or() {
        Command left = and();
        while (in.take("||")) {
            left = new Command.AndOr(left, false, and());
        }
        return left;
    }

    private Command and() {
        Command left = not();
        while (in.take("&&")) {
            left = new Command.AndOr(left, true, not());
        }
        return left;
    }

    private Command not() {
        in.skipNewlines();
        if (in.takeWord("!")) {
            return new Command.Pipeline(List.of(not()), true);
        }
        if (in.take("(")) {
            Command inner = or();
            if (!in.take(")")) {
                throw new SyntaxError(in.line(), "Syntax error: missing )");
            }
            return inner;
        }
        return primary();
    }

    private Command primary() {
        int line = in.line();
        List<Word> words = new ArrayList<>();
        for (Word word = operand(words); word != null; word = operand(words)) {
            words.add(word);
        }
        String operator = words.size() == 3 ? words.get(1).literal() : null;
        if (operator != null && operator.matches("==?|!=")) {
            Command match =
                    new Command.Case(
                            words.getFirst(),
                            List.of(
                                    new Command.Branch(
                                            List.of(words.get(2)),
                                            simple(List.of(text("true")), line)),
                                    new Command.Branch(List.of(text("*")), FALSE)));
            return operator.equals("!=") ? new Command.Pipeline(List.of(match), true) : match;
        }
        if (words.isEmpty()) {
            throw new SyntaxError(in.line(), "Syntax error: \"]]\" unexpected");
        }
        List<Word> test = new ArrayList<>(List.of(text("test")));
        words.forEach(word -> test.add(quoted(word)));
        return simple(test, line);
    }

    private @Nullable Word operand(List<Word> before) {
        in.skipNewlines();
        if (in.atEnd() || in.peekWord().equals("]]") || in.looksAt("&&") || in.looksAt("||")) {
            return null;
        }
        for (String operator : new String[] {"<", ">"}) {
            if (before.size() == 1 && in.take(operator)) {
                return text(operator);
            }
        }
        return in.word();
    }

    private static Command.Simple simple(List<Word> words, int line) {
        return new Command.Simple(List.of(), words, List.of(), line);
    }

    private static Word text(String text) {
        return new Word(List.of(new Word.Part.Text(text, false)));
    }

    private static Word quoted(Word word) {
        List<Word.Part> parts = new ArrayList<>();
        for (Word.Part part : word.parts()) {
            parts.add(
                    switch (part) {
                        case Word.Part.Text text -> new Word.Part.Text(text.text(), true);
                        case Word.Part.Parameter it ->
                                new Word.Part.Parameter(
                                        it.name(),
                                        it.subscript(),
                                        it.operator(),
                                        it.argument(),
                                        true);
                        case Word.Part.Substitution it ->
                                new Word.Part.Substitution(it.command(), true);
                        case Word.Part.Arithmetic it ->
                                new Word.Part.Arithmetic(it.expression(), true);
                    });
        }
        return new Word(parts);
    }
}
