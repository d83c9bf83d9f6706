package dev.orrery.userland.shell;

import dev.orrery.userland.shell.Command.Redirect;
import dev.orrery.userland.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Characters of a script as words, operators and redirections. */
final class Scanner {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
    private static final String STOPS = " \t\n;&|<>()";

    /** A here-document whose text begins after the next line feed. */
    private record Pending(String end, boolean quoted, boolean tabs, List<Part> text) {}

    private final String script;
    private final Supplier<Command> nested;
    private final List<Pending> documents = new ArrayList<>();
    private int at;
    private int line = 1;

    Scanner(String script, Supplier<Command> nested) {
        this.script = script;
        this.nested = nested;
    }

    int line() {
        return line;
    }

    private char peek(int ahead) {
        return at + ahead < script.length() ? script.charAt(at + ahead) : '\0';
    }

    private boolean ended() {
        return at >= script.length();
    }

    private void skipBlanks() {
        while (true) {
            if (peek(0) == ' ' || peek(0) == '\t' || peek(0) == '\r') {
                at++;
            } else if (peek(0) == '\\' && peek(1) == '\n') {
                at += 2;
                line++;
            } else if (peek(0) == '#') {
                while (!ended() && peek(0) != '\n') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    boolean atEnd() {
        skipBlanks();
        return ended();
    }

    boolean atNewline() {
        skipBlanks();
        return peek(0) == '\n';
    }

    void skipNewlines() {
        while (atNewline()) {
            at++;
            line++;
            readDocuments();
        }
    }

    boolean looksAt(String operator) {
        skipBlanks();
        return script.startsWith(operator, at);
    }

    boolean take(String operator) {
        if (!looksAt(operator) || (operator.equals("&") && peek(1) == '&')) {
            return false;
        }
        at += operator.length();
        return true;
    }

    boolean takeSemicolon() {
        return !looksAt(";;") && take(";");
    }

    boolean takeParentheses() {
        int before = at;
        if (take("(") && take(")")) {
            return true;
        }
        at = before;
        return false;
    }

    /** The unquoted word here, or what there is of it. */
    String peekWord() {
        skipBlanks();
        int end = at;
        while (end < script.length() && STOPS.indexOf(script.charAt(end)) < 0) {
            end++;
        }
        return script.substring(at, end);
    }

    boolean takeWord(String word) {
        if (!peekWord().equals(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    /** What stands here, for a message. */
    String describe() {
        if (atEnd()) {
            return "";
        }
        if (peek(0) == '\n') {
            return "newline";
        }
        String word = peekWord();
        if (!word.isEmpty()) {
            return word;
        }
        return looksAt(";;") || looksAt("&&") || looksAt("||")
                ? script.substring(at, at + 2)
                : script.substring(at, at + 1);
    }

    /** Takes the name and equals sign of an assignment. */
    @Nullable String assignment() {
        skipBlanks();
        int end = at;
        while (end < script.length()
                && (Character.isLetterOrDigit(script.charAt(end)) || script.charAt(end) == '_')) {
            end++;
        }
        String name = script.substring(at, end);
        if (end >= script.length() || script.charAt(end) != '=' || !name.matches(NAME)) {
            return null;
        }
        at = end + 1;
        return name;
    }

    /** Takes the character if it is the very next one. */
    boolean takeAdjacent(char next) {
        boolean here = !ended() && peek(0) == next;
        at += here ? 1 : 0;
        return here;
    }

    @Nullable Redirect redirect() {
        skipBlanks();
        int digits = Character.isDigit(peek(0)) ? 1 : 0;
        char angle = peek(digits);
        if (angle != '<' && angle != '>') {
            return null;
        }
        int descriptor = digits == 1 ? peek(0) - '0' : angle == '<' ? 0 : 1;
        at += digits;
        if (script.startsWith("<<", at)) {
            return document(descriptor);
        }
        String operator = "" + angle;
        if ((angle == '>' && "&>|".indexOf(peek(1)) >= 0 && !(at + 1 >= script.length()))
                || (angle == '<' && (peek(1) == '&' || peek(1) == '>'))) {
            operator += peek(1);
        }
        at += operator.length();
        Word target = word();
        if (target == null) {
            throw new SyntaxError(
                    line,
                    "Syntax error: "
                            + (atEnd()
                                    ? "end of file"
                                    : atNewline() ? "newline" : "\"" + describe() + "\"")
                            + " unexpected");
        }
        return new Redirect(descriptor, operator, target);
    }

    private Redirect document(int descriptor) {
        at += 2;
        boolean tabs = peek(0) == '-';
        at += tabs ? 1 : 0;
        Word delimiter = word();
        if (delimiter == null) {
            throw new SyntaxError(line, "Syntax error: Bad here-document delimiter");
        }
        StringBuilder end = new StringBuilder();
        boolean quoted = false;
        for (Part part : delimiter.parts()) {
            if (part instanceof Part.Text(String text, boolean wasQuoted)) {
                end.append(text);
                quoted |= wasQuoted;
            }
        }
        List<Part> text = new ArrayList<>();
        documents.add(new Pending(end.toString(), quoted, tabs, text));
        return new Redirect(descriptor, "<<", new Word(text));
    }

    private void readDocuments() {
        List<Pending> due = List.copyOf(documents);
        documents.clear();
        for (Pending document : due) {
            StringBuilder text = new StringBuilder();
            while (!ended()) {
                int newline = script.indexOf('\n', at);
                int stop = newline < 0 ? script.length() : newline;
                String row = script.substring(at, stop);
                at = Math.min(script.length(), stop + 1);
                line++;
                if (document.tabs()) {
                    row = row.replaceFirst("^\t+", "");
                }
                if (row.equals(document.end())) {
                    break;
                }
                text.append(row).append('\n');
            }
            if (document.quoted()) {
                document.text().add(new Part.Text(text.toString(), true));
            } else {
                document.text().addAll(new Scanner(text.toString(), nested).documentParts());
            }
        }
    }

    private List<Part> documentParts() {
        List<Part> parts = new ArrayList<>();
        doubleQuoted(parts, '\0');
        return parts;
    }

    /** The word here, or null where an operator, a line feed or the end is. */
    @Nullable Word word() {
        skipBlanks();
        if (ended() || STOPS.indexOf(peek(0)) >= 0) {
            return null;
        }
        return adjacentWord();
    }

    /** The word that begins at this very character; it may be empty. */
    Word adjacentWord() {
        List<Part> parts = new ArrayList<>();
        unquoted(parts, STOPS);
        return new Word(parts);
    }

    private void unquoted(List<Part> parts, String stops) {
        StringBuilder text = new StringBuilder();
        while (!ended() && stops.indexOf(peek(0)) < 0) {
            char next = peek(0);
            if (next == '\\' && peek(1) == '\n') {
                at += 2;
                line++;
            } else if (next == '\\' || next == '\'' || next == '"' || next == '$' || next == '`') {
                flush(parts, text, false);
                special(parts, next);
            } else {
                line += next == '\n' ? 1 : 0;
                text.append(next);
                at++;
            }
        }
        flush(parts, text, false);
    }

    private void special(List<Part> parts, char next) {
        switch (next) {
            case '\\' -> {
                parts.add(new Part.Text(at + 1 < script.length() ? "" + peek(1) : "\\", true));
                at = Math.min(script.length(), at + 2);
            }
            case '\'' -> {
                int end = script.indexOf('\'', at + 1);
                if (end < 0) {
                    throw new SyntaxError(line, "Syntax error: Unterminated quoted string");
                }
                String quoted = script.substring(at + 1, end);
                line += (int) quoted.chars().filter(c -> c == '\n').count();
                parts.add(new Part.Text(quoted, true));
                at = end + 1;
            }
            case '"' -> {
                at++;
                parts.add(new Part.Text("", true));
                doubleQuoted(parts, '"');
                at++;
            }
            case '`' -> backquoted(parts, false);
            default -> dollar(parts, false);
        }
    }

    private static void flush(List<Part> parts, StringBuilder text, boolean quoted) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.toString(), quoted));
            text.setLength(0);
        }
    }

    private void doubleQuoted(List<Part> parts, char end) {
        StringBuilder text = new StringBuilder();
        while (end == '\0' ? !ended() : peek(0) != end || ended()) {
            if (ended()) {
                throw new SyntaxError(line, "Syntax error: Unterminated quoted string");
            }
            char next = peek(0);
            if (next == '\\' && peek(1) == '\n') {
                at += 2;
                line++;
            } else if (next == '\\'
                    && ("$`\\".indexOf(peek(1)) >= 0 || (end != '\0' && peek(1) == end))
                    && at + 1 < script.length()) {
                text.append(peek(1));
                at += 2;
            } else if (next == '$') {
                flush(parts, text, true);
                dollar(parts, true);
            } else if (next == '`') {
                flush(parts, text, true);
                backquoted(parts, true);
            } else {
                line += next == '\n' ? 1 : 0;
                text.append(next);
                at++;
            }
        }
        flush(parts, text, true);
    }

    private void backquoted(List<Part> parts, boolean quoted) {
        StringBuilder inner = new StringBuilder();
        at++;
        while (peek(0) != '`') {
            if (ended()) {
                throw new SyntaxError(line, "Syntax error: EOF in backquote substitution");
            }
            if (peek(0) == '\\' && ("$`\\".indexOf(peek(1)) >= 0 || (quoted && peek(1) == '"'))) {
                at++;
            }
            inner.append(peek(0));
            at++;
        }
        at++;
        parts.add(new Part.Substitution(Parser.parse(inner.toString()), quoted));
    }

    private void dollar(List<Part> parts, boolean quoted) {
        char next = peek(1);
        if (script.startsWith("$((", at) && arithmeticEnd() >= 0) {
            int end = arithmeticEnd();
            Scanner inner = new Scanner(script.substring(at + 3, end), nested);
            at = end + 2;
            parts.add(new Part.Arithmetic(new Word(inner.documentParts()), quoted));
        } else if (next == '(') {
            at += 2;
            Command command = nested.get();
            if (!take(")")) {
                throw new SyntaxError(
                        line,
                        ended()
                                ? "Syntax error: end of file unexpected (expecting \")\")"
                                : "Syntax error: \""
                                        + describe()
                                        + "\" unexpected (expecting \")\")");
            }
            parts.add(new Part.Substitution(command, quoted));
        } else if (next == '{') {
            braced(parts, quoted);
        } else {
            int end = nameEnd(at + 1);
            String name = script.substring(at + 1, end);
            at = end;
            parts.add(
                    name.isEmpty()
                            ? new Part.Text("$", quoted)
                            : new Part.Parameter(name, null, "", null, quoted));
            at = name.isEmpty() ? end : at;
        }
    }

    /** Where {@code ))} closes the arithmetic here, or -1. */
    private int arithmeticEnd() {
        int open = 0;
        for (int i = at + 3; i < script.length(); i++) {
            char c = script.charAt(i);
            if (c == '(') {
                open++;
            } else if (c == ')' && open == 0) {
                return script.startsWith("))", i) ? i : -1;
            } else if (c == ')') {
                open--;
            }
        }
        return -1;
    }

    private int nameEnd(int start) {
        if (start < script.length() && "@*#?-$!0123456789".indexOf(script.charAt(start)) >= 0) {
            return start + 1;
        }
        int end = start;
        while (end < script.length()
                && (((script.charAt(end) | 32) >= 'a' && (script.charAt(end) | 32) <= 'z')
                        || script.charAt(end) == '_'
                        || (end > start && Character.isDigit(script.charAt(end))))) {
            end++;
        }
        return end;
    }

    private void braced(List<Part> parts, boolean quoted) {
        at += 2;
        String operator = "";
        if (peek(0) == '#' && peek(1) != '}') {
            operator = "length";
            at++;
        }
        int end = nameEnd(at);
        while (Character.isDigit(peek(0))
                && end < script.length()
                && Character.isDigit(script.charAt(end))) {
            end++;
        }
        String name = script.substring(at, end);
        at = end;
        Word subscript = name.isEmpty() || !takeAdjacent('[') ? null : subscript();
        Word argument = null;
        if (peek(0) != '}' && !name.isEmpty() && !ended()) {
            operator = operator();
            List<Part> inner = new ArrayList<>();
            argumentParts(inner, quoted && !operator.startsWith("#") && !operator.startsWith("%"));
            argument = new Word(inner);
        }
        if (ended()) {
            throw new SyntaxError(line, "Syntax error: Missing '}'");
        }
        at++;
        parts.add(
                new Part.Parameter(
                        name, subscript, name.isEmpty() ? "bad" : operator, argument, quoted));
    }

    private Word subscript() {
        List<Part> parts = new ArrayList<>();
        unquoted(parts, "]");
        takeAdjacent(']');
        return new Word(parts);
    }

    private void argumentParts(List<Part> inner, boolean quoted) {
        if (quoted) {
            doubleQuoted(inner, '}');
        } else {
            unquoted(inner, "}");
        }
    }

    private String operator() {
        for (String operator :
                List.of(":-", ":=", ":?", ":+", "##", "%%", "-", "=", "?", "+", "#", "%")) {
            if (script.startsWith(operator, at)) {
                at += operator.length();
                return operator;
            }
        }
        return "bad";
    }
}
