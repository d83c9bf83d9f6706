package dev.orrery.userland.shell;

import dev.orrery.userland.shell.Word.Part;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Expands the words of one command. Where it meets a command substitution that has not run yet, it
 * throws {@link Needed}; the caller runs that, gives the result, and begins again: what was
 * computed before is looked up in the journal, so nothing happens twice.
 */
final class Expansion {
    /** The substitution that has to run before the expansion can go on. */
    static final class Needed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Part.Substitution substitution;

        Needed(Part.Substitution substitution) {
            super(null, null, false, false);
            this.substitution = substitution;
        }

        Part.Substitution substitution() {
            return substitution;
        }
    }

    private final Shell shell;
    private final IdentityHashMap<Part, String> journal = new IdentityHashMap<>();
    private List<String> fields = new ArrayList<>();
    private StringBuilder current = new StringBuilder();
    private boolean started;
    private boolean split;

    Expansion(Shell shell) {
        this.shell = shell;
    }

    void give(Part.Substitution substitution, String output) {
        journal.put(substitution, output);
    }

    /** All fields of the words: split, and with file names in the place of patterns. */
    List<String> fields(List<Word> words) {
        List<String> all = new ArrayList<>();
        for (Word word : words) {
            for (String field : run(word, true)) {
                all.addAll(
                        shell.option('f')
                                ? List.of(Pattern.plain(field))
                                : Glob.expand(shell, field));
            }
        }
        return all;
    }

    /** One string, neither split nor globbed. */
    String single(Word word) {
        return Pattern.plain(pattern(word));
    }

    /** One string in which the quoted chars are marked. */
    String pattern(Word word) {
        return String.join(" ", run(word, false));
    }

    private List<String> run(Word word, boolean splitting) {
        List<String> outerFields = fields;
        StringBuilder outerCurrent = current;
        boolean outerStarted = started;
        boolean outerSplit = split;
        fields = new ArrayList<>();
        current = new StringBuilder();
        started = false;
        split = splitting;
        try {
            parts(word, true);
            endField(false);
            return fields;
        } finally {
            fields = outerFields;
            current = outerCurrent;
            started = outerStarted;
            split = outerSplit;
        }
    }

    private void parts(Word word, boolean tilde) {
        boolean first = tilde;
        for (Part part : word.parts()) {
            switch (part) {
                case Part.Text(String text, boolean quoted) ->
                        text(first && !quoted ? home(text) : text, quoted);
                case Part.Parameter parameter -> parameter(parameter);
                case Part.Substitution substitution -> {
                    String output = journal.get(substitution);
                    if (output == null) {
                        throw new Needed(substitution);
                    }
                    value(output, substitution.quoted());
                }
                case Part.Arithmetic arithmetic ->
                        value(arithmetic(arithmetic), arithmetic.quoted());
            }
            first = false;
        }
    }

    private String home(String text) {
        String home = shell.get("HOME");
        boolean alone = text.equals("~") || text.startsWith("~/");
        return alone && home != null ? home + text.substring(1) : text;
    }

    private String arithmetic(Part.Arithmetic arithmetic) {
        String done = journal.get(arithmetic);
        if (done == null) {
            String expression = single(arithmetic.expression());
            done = Long.toString(Arithmetic.evaluate(expression, this::number, shell::set));
            journal.put(arithmetic, done);
        }
        return done;
    }

    private String number(String name) {
        String value = shell.get(name);
        if (value == null && shell.option('u')) {
            throw new ShellError(name + ": parameter not set");
        }
        return value == null ? "0" : value;
    }

    private void text(String text, boolean quoted) {
        current.append(quoted ? Pattern.quote(text) : text);
        started = true;
    }

    private void value(String value, boolean quoted) {
        if (quoted || !split) {
            current.append(quoted ? Pattern.quote(value) : value);
            started |= quoted || !value.isEmpty();
            return;
        }
        String separators = shell.separators();
        boolean justEnded = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (separators.indexOf(c) < 0) {
                current.append(c);
                started = true;
                justEnded = false;
            } else if (Character.isWhitespace(c)) {
                justEnded |= started;
                endField(false);
            } else {
                endField(!justEnded);
                justEnded = false;
            }
        }
    }

    private void endField(boolean even) {
        if (started || even) {
            fields.add(current.toString());
        }
        current = new StringBuilder();
        started = false;
    }

    private void parameter(Part.Parameter parameter) {
        String operator = parameter.operator();
        Word subscript = parameter.subscript();
        if (operator.equals("bad") || (subscript != null && !shell.isBash())) {
            throw new ShellError("Bad substitution");
        }
        String index = subscript == null ? parameter.name() : single(subscript);
        boolean many = index.equals("@") || index.equals("*");
        boolean array = many && subscript != null;
        List<String> all = array ? shell.elements(parameter.name()) : shell.positional();
        String name = subscript == null || many ? index : element(parameter.name(), index);
        String value = many ? (all.isEmpty() ? null : String.join(" ", all)) : shell.get(name);
        Word argument = parameter.argument();
        if (argument != null && "-=?+".contains(operator.substring(operator.length() - 1))) {
            boolean absent = value == null || (operator.startsWith(":") && value.isEmpty());
            char kind = operator.charAt(operator.length() - 1);
            if (kind == '+' ? !absent : absent) {
                instead(kind, name, argument, parameter.quoted());
                return;
            }
            if (kind == '+') {
                started |= parameter.quoted();
                return;
            }
        }
        if (value == null && !many && shell.option('u') && !operator.endsWith("-")) {
            throw new ShellError(name + ": parameter not set");
        }
        if (operator.equals("length")) {
            int length = array ? all.size() : value == null ? 0 : value.length();
            value(Integer.toString(length), parameter.quoted());
        } else if (many
                && (operator.isEmpty()
                        || "-=?".contains(operator.substring(operator.length() - 1)))) {
            listed(all, name, parameter.quoted());
        } else {
            value(
                    argument == null || value == null
                            ? value == null ? "" : value
                            : trimmed(operator, value, argument),
                    parameter.quoted());
        }
    }

    /** A negative index counts from the end. */
    private String element(String array, String subscript) {
        long index = Arithmetic.evaluate(subscript, this::number, shell::set);
        long from = index < 0 ? shell.elements(array).size() + index : index;
        return Shell.element(array, from);
    }

    private void instead(char kind, String name, Word argument, boolean quoted) {
        switch (kind) {
            case '=' -> {
                String assigned = single(argument);
                shell.set(name, assigned);
                value(assigned, quoted);
            }
            case '?' -> {
                String message = single(argument);
                throw new ShellError(
                        name + ": " + (message.isEmpty() ? "parameter not set" : message));
            }
            default -> {
                started |= quoted;
                defaultWord(argument, quoted);
            }
        }
    }

    /**
     * The word of {@code ${x-word}}: its own text is subject to splitting where it is not quoted.
     */
    private void defaultWord(Word argument, boolean quoted) {
        for (Part part : argument.parts()) {
            if (part instanceof Part.Text(String text, boolean inner) && !inner && !quoted) {
                value(text, false);
            } else {
                parts(new Word(List.of(part)), false);
            }
        }
    }

    private void listed(List<String> parameters, String name, boolean quoted) {
        if ((quoted && name.equals("*")) || !split) {
            String separators = shell.separators();
            String between =
                    name.equals("@") ? " " : separators.isEmpty() ? "" : separators.substring(0, 1);
            value(String.join(between, parameters), quoted);
            return;
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (i > 0) {
                endField(quoted);
            }
            value(parameters.get(i), quoted);
        }
    }

    private String trimmed(String operator, String value, Word argument) {
        String pattern = pattern(argument);
        boolean front = operator.startsWith("#");
        boolean longest = operator.length() == 2;
        for (int i = 0; i <= value.length(); i++) {
            int cut = front == longest ? value.length() - i : i;
            String part = front ? value.substring(0, cut) : value.substring(cut);
            if (Pattern.matches(pattern, part)) {
                return front ? value.substring(cut) : value.substring(0, cut);
            }
        }
        return value;
    }
}
