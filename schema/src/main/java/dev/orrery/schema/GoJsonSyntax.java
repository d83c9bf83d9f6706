package dev.orrery.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with the syntax of a JSON text as Go says it. Only called for texts that
 * another parser has refused, so it may take its time.
 */
final class GoJsonSyntax {

    private static final int MAX_DEPTH = 10_000;

    private final byte[] text;
    private int at;
    private int depth;

    private GoJsonSyntax(byte[] text) {
        this.text = text;
    }

    static String message(byte[] text, JsonProcessingException refusal) {
        if (refusal instanceof StreamConstraintsException) {
            return "exceeded max depth";
        }
        String message = new GoJsonSyntax(text).check();
        return message != null ? message : refusal.getOriginalMessage();
    }

    /** Null where the text is well-formed to Go. */
    private @Nullable String check() {
        try {
            value();
            skipSpace();
            if (at < text.length) {
                throw wrong("after top-level value");
            }
            return null;
        } catch (Wrong e) {
            return e.getMessage();
        } catch (StackOverflowError e) {
            return "exceeded max depth";
        }
    }

    private void value() throws Wrong {
        skipSpace();
        switch (peek()) {
            case '{' -> nested(this::object);
            case '[' -> nested(this::array);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw wrong("looking for beginning of value");
        }
    }

    private interface Part {
        void read() throws Wrong;
    }

    private void nested(Part part) throws Wrong {
        if (++depth > MAX_DEPTH) {
            throw new Wrong("exceeded max depth");
        }
        at++;
        skipSpace();
        part.read();
        depth--;
    }

    private void object() throws Wrong {
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            skipSpace();
            if (peek() != '"') {
                throw wrong("looking for beginning of object key string");
            }
            string();
            skipSpace();
            if (peek() != ':') {
                throw wrong("after object key");
            }
            at++;
            value();
            if (ends('}', "after object key:value pair")) {
                return;
            }
        }
    }

    private void array() throws Wrong {
        if (peek() == ']') {
            at++;
            return;
        }
        do {
            value();
        } while (!ends(']', "after array element"));
    }

    private boolean ends(char end, String context) throws Wrong {
        skipSpace();
        int c = peek();
        if (c != ',' && c != end) {
            throw wrong(context);
        }
        at++;
        return c == end;
    }

    private void string() throws Wrong {
        for (at++; peek() != '"'; at++) {
            if (peek() == '\\') {
                at++;
                escape();
            } else if (peek() < ' ') {
                throw wrong("in string literal");
            }
        }
        at++;
    }

    private void escape() throws Wrong {
        if (peek() == 'u') {
            for (int i = 0; i < 4; i++) {
                at++;
                if (Character.digit(peek(), 16) < 0) {
                    throw wrong("in \\u hexadecimal character escape");
                }
            }
        } else if ("bfnrt\\/\"".indexOf(peek()) < 0) {
            throw wrong("in string escape code");
        }
    }

    private void literal(String literal) throws Wrong {
        for (int i = 1; i < literal.length(); i++) {
            at++;
            if (peek() != literal.charAt(i)) {
                throw wrong("in literal " + literal + " (expecting '" + literal.charAt(i) + "')");
            }
        }
        at++;
    }

    private void number() throws Wrong {
        if (peek() == '-') {
            at++;
        }
        if (!isDigit()) {
            throw wrong("in numeric literal");
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (at < text.length && text[at] == '.') {
            at++;
            require("after decimal point in numeric literal");
        }
        if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            require("in exponent of numeric literal");
        }
    }

    private void require(String context) throws Wrong {
        if (!isDigit()) {
            throw wrong(context);
        }
        digits();
    }

    private boolean isDigit() throws Wrong {
        int c = peek();
        return c >= '0' && c <= '9';
    }

    private void digits() {
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
    }

    private void skipSpace() {
        while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
            at++;
        }
    }

    private int peek() throws Wrong {
        if (at >= text.length) {
            throw new Wrong("unexpected end of JSON input");
        }
        return text[at] & 0xff;
    }

    private Wrong wrong(String context) throws Wrong {
        return new Wrong("invalid character " + quote((char) peek()) + " " + context);
    }

    private static String quote(char c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            default -> {
                String quoted = GoText.quote(String.valueOf(c));
                yield "'" + quoted.substring(1, quoted.length() - 1) + "'";
            }
        };
    }

    private static final class Wrong extends Exception {
        Wrong(String message) {
            super(message, null, false, false);
        }
    }
}
