package dev.orrery.userland.shell;

import dev.orrery.userland.shell.Command.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a script into commands, by recursive descent over its characters. */
final class Parser {
    private static final Set<String> RESERVED =
            Set.of(
                    "if", "then", "else", "elif", "fi", "do", "done", "case", "esac", "while",
                    "until", "for", "{", "}", "!", "in");
    private static final int DEPTH = 200;

    private final Scanner in;
    private int depth;

    Parser(String script) {
        in = new Scanner(script, this::nested);
    }

    static Command parse(String script) {
        Parser parser = new Parser(script);
        Command all = parser.list();
        if (!parser.in.atEnd()) {
            throw parser.unexpected(null);
        }
        return all;
    }

    /**
     * The commands of {@code $(...)} at the scanner's place; leaves it at the closing parenthesis.
     */
    private Command nested() {
        return list();
    }

    private SyntaxError unexpected(@Nullable String expecting) {
        String token = in.describe();
        String message =
                "Syntax error: "
                        + (token.isEmpty() ? "end of file" : "\"" + token + "\"")
                        + " unexpected";
        return new SyntaxError(
                in.line(),
                expecting == null ? message : message + " (expecting \"" + expecting + "\")");
    }

    private void expect(String word) {
        in.skipNewlines();
        if (!in.takeWord(word)) {
            throw unexpected(word);
        }
    }

    private Command list() {
        if (++depth > DEPTH) {
            throw new SyntaxError(in.line(), "Syntax error: too deep");
        }
        List<Command> commands = new ArrayList<>();
        in.skipNewlines();
        while (startsCommand()) {
            Command command = andOr();
            if (in.take("&")) {
                command = new Command.Background(command);
                commands.add(command);
            } else {
                commands.add(command);
                if (!in.takeSemicolon() && !in.atNewline()) {
                    break;
                }
            }
            in.skipNewlines();
        }
        depth--;
        return commands.size() == 1 ? commands.getFirst() : new Command.Sequence(commands);
    }

    private Command body() {
        Command body = list();
        if (body.equals(Command.NOTHING)) {
            throw unexpected(null);
        }
        return body;
    }

    private boolean startsCommand() {
        if (in.atEnd() || in.looksAt(")") || in.looksAt(";")) {
            return false;
        }
        String word = in.peekWord();
        return !Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}").contains(word);
    }

    private Command andOr() {
        Command left = pipeline();
        while (true) {
            boolean and = in.take("&&");
            if (!and && !in.take("||")) {
                return left;
            }
            in.skipNewlines();
            left = new Command.AndOr(left, and, pipeline());
        }
    }

    private Command pipeline() {
        boolean negated = in.takeWord("!");
        List<Command> stages = new ArrayList<>(List.of(command()));
        while (!in.looksAt("||") && in.take("|")) {
            in.skipNewlines();
            stages.add(command());
        }
        return stages.size() == 1 && !negated
                ? stages.getFirst()
                : new Command.Pipeline(stages, negated);
    }

    private Command command() {
        Command compound = compound();
        if (compound == null) {
            return simple();
        }
        List<Redirect> redirects = new ArrayList<>();
        for (Redirect redirect = in.redirect(); redirect != null; redirect = in.redirect()) {
            redirects.add(redirect);
        }
        return redirects.isEmpty() ? compound : new Command.Redirected(compound, redirects);
    }

    private @Nullable Command compound() {
        if (in.take("(")) {
            Command body = list();
            if (!in.take(")")) {
                throw unexpected(")");
            }
            return new Command.Subshell(body);
        }
        String word = in.peekWord();
        if (word.equals("[[") && in.takeWord(word)) {
            return new DoubleBrackets(in).read();
        }
        if (!RESERVED.contains(word)) {
            return null;
        }
        if (!in.takeWord(word)) {
            return null;
        }
        return switch (word) {
            case "{" -> closed(body(), "}");
            case "if" -> condition();
            case "while" -> loop(false);
            case "until" -> loop(true);
            case "for" -> forEach();
            case "case" -> choice();
            default ->
                    throw new SyntaxError(in.line(), "Syntax error: \"" + word + "\" unexpected");
        };
    }

    private Command closed(Command body, String end) {
        expect(end);
        return body;
    }

    private Command condition() {
        Command condition = closed(body(), "then");
        Command then = body();
        if (in.takeWord("elif")) {
            return new Command.If(condition, then, condition());
        }
        Command otherwise = in.takeWord("else") ? body() : null;
        expect("fi");
        return new Command.If(condition, then, otherwise);
    }

    private Command loop(boolean until) {
        Command condition = closed(body(), "do");
        return new Command.While(condition, closed(body(), "done"), until);
    }

    private Command forEach() {
        String name = in.peekWord();
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new SyntaxError(in.line(), "Syntax error: Bad for loop variable");
        }
        in.takeWord(name);
        in.skipNewlines();
        List<Word> words = null;
        if (in.takeWord("in")) {
            words = new ArrayList<>();
            for (Word word = in.word(); word != null; word = in.word()) {
                words.add(word);
            }
        }
        in.takeSemicolon();
        expect("do");
        return new Command.For(name, words, closed(body(), "done"));
    }

    private Command choice() {
        Word subject = in.word();
        if (subject == null) {
            throw unexpected(null);
        }
        expect("in");
        in.skipNewlines();
        List<Command.Branch> branches = new ArrayList<>();
        while (!in.takeWord("esac")) {
            in.take("(");
            List<Word> patterns = new ArrayList<>();
            do {
                Word pattern = in.word();
                if (pattern == null) {
                    throw unexpected(null);
                }
                patterns.add(pattern);
            } while (in.take("|"));
            if (!in.take(")")) {
                throw unexpected(")");
            }
            branches.add(new Command.Branch(patterns, list()));
            if (!in.take(";;")) {
                expect("esac");
                break;
            }
            in.skipNewlines();
        }
        return new Command.Case(subject, branches);
    }

    private Command.Assignment assignment(String name) {
        if (!in.takeAdjacent('(')) {
            return new Command.Assignment(name, in.adjacentWord(), null);
        }
        List<Word> elements = new ArrayList<>();
        in.skipNewlines();
        for (Word word = in.word(); word != null; word = in.word()) {
            elements.add(word);
            in.skipNewlines();
        }
        if (!in.take(")")) {
            throw unexpected(")");
        }
        return new Command.Assignment(name, new Word(List.of()), elements);
    }

    private Command simple() {
        int line = in.line();
        List<Command.Assignment> assignments = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        List<Redirect> redirects = new ArrayList<>();
        while (true) {
            Redirect redirect = in.redirect();
            if (redirect != null) {
                redirects.add(redirect);
                continue;
            }
            String name = words.isEmpty() ? in.assignment() : null;
            if (name != null) {
                assignments.add(assignment(name));
                continue;
            }
            Word word = in.word();
            if (word == null) {
                break;
            }
            words.add(word);
            String function = word.literal();
            if (words.size() == 1
                    && assignments.isEmpty()
                    && function != null
                    && in.takeParentheses()) {
                in.skipNewlines();
                return new Command.Function(function, command());
            }
        }
        if (assignments.isEmpty() && words.isEmpty() && redirects.isEmpty()) {
            throw unexpected(null);
        }
        return new Command.Simple(assignments, words, redirects, line);
    }
}
